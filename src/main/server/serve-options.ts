import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataDirectoryPath } from '../../shared/model/data-directory-path.js'
import { AppError, messageOf } from '../../shared/rpc/errors.js'
import { loopbackAddress } from './listen-address.js'

export interface ServeOptions {
  readonly port: number
  readonly address: string
  readonly workspace: string
  readonly dataDirectory: string
  readonly json: boolean
  /** Minutes without client and work after which the host ends; null for never. */
  readonly idleExitMinutes: number | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws AppError `invalid_params` that names the option and what would be right */
export function parseServeOptions(
  argv: readonly string[],
  environment: Environment,
  cwd: string,
): ServeOptions {
  const values = parse(argv)
  const facts = { platform: process.platform, env: environment, homedir: homedir() }
  return {
    port: portOf(values.port),
    address: loopbackAddress(values.host),
    workspace: workspaceOf(resolve(cwd, values.workspace ?? '.')),
    dataDirectory: resolve(cwd, values['data-dir'] ?? dataDirectoryPath(facts)),
    json: values.json,
    idleExitMinutes: minutesOf(values['idle-exit']),
  }
}

/** Whether JSON was asked for, also when the rest cannot be understood. */
export function wantsJson(argv: readonly string[]): boolean {
  return argv.includes('--json')
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        workspace: { type: 'string' },
        'data-dir': { type: 'string' },
        json: { type: 'boolean', default: false },
        'idle-exit': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new AppError('invalid_params', messageOf(error), { cause: error })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new AppError(
    'invalid_params',
    `--port: must be a number from 0 (any free one) to 65535, not "${text}"`,
  )
}

function minutesOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const minutes = Number(text)
  if (minutes > 0 && minutes <= 10_000) return minutes
  throw new AppError('invalid_params', `--idle-exit: must be a number of minutes, not "${text}"`)
}

function workspaceOf(path: string): string {
  const folder = statSync(path, { throwIfNoEntry: false })
  if (folder?.isDirectory()) return path
  const what = folder === undefined ? 'does not exist' : 'is not a folder'
  throw new AppError('invalid_params', `--workspace: ${path} ${what}`)
}
