import { delimiter, dirname, join, normalize, sep } from 'node:path'

export interface ChildEnvironmentOptions {
  /** Folder of this program (the checkout or the installed package). */
  readonly programRoot: string
}

const SECRETS = new Set(['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'])

/** What npm, electron-vite and Electron put into the environment of the program they start. */
const LAUNCHERS = new Set([
  'INIT_CWD',
  'NODE',
  'ELECTRON_CLI_ARGS',
  'ELECTRON_ENTRY',
  'ELECTRON_EXEC_PATH',
  'ELECTRON_MAJOR_VER',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'ELECTRON_RENDERER_URL',
  'ELECTRON_RUN_AS_NODE',
  'NODE_ENV_ELECTRON_VITE',
  'VITE_USER_NODE_ENV',
])

/** What git tells the hook that started the host: it would lead every git of a child to that repository. */
const OF_A_HOOK = new Set([
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
])

/**
 * The environment for the commands of a person: what their own shell would give, without the
 * host's secrets and without the traces of how the host itself was started.
 *
 * A checkout of this program can be a workspace too; its npm scripts put their `.bin` on the PATH
 * again by themselves.
 */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  { programRoot }: ChildEnvironmentOptions,
): Record<string, string> {
  const result: Record<string, string> = {}
  const byElectronVite = environment.NODE_ENV_ELECTRON_VITE !== undefined
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || SECRETS.has(name) || LAUNCHERS.has(name)) continue
    if (OF_A_HOOK.has(name)) continue
    if (/^(SMART_AGENTS|npm)_/i.test(name)) continue
    if (name === 'NODE_ENV' && byElectronVite) continue
    // A hook of ours would be loaded into every Node of the user; their own options stay.
    if (name === 'NODE_OPTIONS' && value.includes(programRoot)) continue
    result[name] = /^path$/i.test(name) ? withoutOurTools(value, programRoot) : value
  }
  return result
}

/** npm prepends the `.bin` of a package and of every folder above it, and one for node-gyp. */
function withoutOurTools(path: string, programRoot: string): string {
  const ours = new Set<string>()
  for (let folder = normalize(programRoot); ; folder = dirname(folder)) {
    ours.add(join(folder, 'node_modules', '.bin'))
    if (folder === dirname(folder)) break
  }
  const modules = join(normalize(programRoot), 'node_modules') + sep
  const nodeGyp = join('@npmcli', 'run-script', 'lib', 'node-gyp-bin')
  const isOurs = (entry: string) => {
    const folder = normalize(entry).replace(/(?<=.)[\\/]+$/, '')
    return ours.has(folder) || folder.startsWith(modules) || folder.endsWith(nodeGyp)
  }
  return path
    .split(delimiter)
    .filter((entry) => entry === '' || !isOurs(entry))
    .join(delimiter)
}
