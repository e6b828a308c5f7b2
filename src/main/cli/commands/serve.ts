import path from 'node:path'
import type { CommandContext } from '../command-context.js'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly workspace?: string
}

/**
 * Runs the host in this process and not in a child: what stops the command then stops the host,
 * also a signal that cannot be passed on.
 */
export function serve(context: CommandContext, options: ServeOptions): Promise<number> {
  const { environment, dataDirectory, json } = context
  return environment.runHost([
    '--port',
    String(options.port),
    '--host',
    options.host,
    '--workspace',
    path.resolve(environment.cwd, options.workspace ?? '.'),
    '--data-dir',
    dataDirectory,
    ...(json ? ['--json'] : []),
  ])
}
