import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataDirectoryPath } from '../../shared/model/data-directory-path.js'

export interface LaunchFacts {
  /** Without the program itself. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly homeDirectory: string
  readonly cwd: string
  readonly isPackaged: boolean
}

export interface LaunchSettings {
  /** Absolute. */
  readonly dataDirectory: string
  /** Absolute; where tasks work until a person chooses another folder. */
  readonly workspace: string
  /** Started without a window, as at login. */
  readonly isHidden: boolean
  /** What leads another start to the same data. */
  readonly sameData: readonly string[]
}

/** Where the app keeps its data and works. Switches that are Chromium's are none of our business. */
export function launchSettings(facts: LaunchFacts): LaunchSettings {
  const { env, platform, homeDirectory, cwd } = facts
  const { values } = parseArgs({
    args: [...facts.args],
    options: {
      'data-dir': { type: 'string' },
      workspace: { type: 'string' },
      hidden: { type: 'boolean' },
    },
    strict: false,
  })
  const chosen = values['data-dir']
  const directory =
    typeof chosen === 'string'
      ? chosen
      : dataDirectoryPath({ platform, env, homedir: homeDirectory })
  // What starts a packed app from an icon chooses a folder that means nothing.
  const start = facts.isPackaged ? homeDirectory : cwd
  const workspace = typeof values.workspace === 'string' ? values.workspace : start
  const dataDirectory = path.resolve(cwd, directory)
  const unset = { ...env, SMART_AGENTS_HOME: undefined }
  const usual = dataDirectoryPath({ platform, env: unset, homedir: homeDirectory })
  return {
    dataDirectory,
    workspace: path.resolve(cwd, workspace),
    isHidden: values.hidden === true,
    sameData: dataDirectory === usual ? [] : ['--data-dir', dataDirectory],
  }
}
