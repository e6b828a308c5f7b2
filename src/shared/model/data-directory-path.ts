/** The facts about a user and a machine that decide where data lives. */
export interface DataDirectoryFacts {
  /** As `process.platform` names it. */
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user's home directory. */
  readonly homedir: string
}

const NAME = 'smart-agents'

/**
 * The data directory that every host and the CLI use when no other is named: `SMART_AGENTS_HOME`,
 * or else where the platform keeps an application's data. May be relative when the variable is.
 */
export function dataDirectoryPath({ platform, env, homedir }: DataDirectoryFacts): string {
  const chosen = env['SMART_AGENTS_HOME']
  if (chosen) return chosen
  switch (platform) {
    case 'win32':
      return `${env['LOCALAPPDATA'] || `${homedir}\\AppData\\Local`}\\${NAME}`
    case 'darwin':
      return `${homedir}/Library/Application Support/${NAME}`
    default:
      return `${env['XDG_DATA_HOME'] || `${homedir}/.local/share`}/${NAME}`
  }
}
