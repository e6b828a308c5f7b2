import path from 'node:path'

export const root = path.join(import.meta.dirname, '../..')

/** The Node that the project brings, which is the one that runs the tests. */
export const node = process.execPath

/** Written into the environment of every process of a test, so that none is overlooked. */
export const MARKER = 'SMART_AGENTS_E2E_TEST'

const KEPT =
  /^(PATH|HOME|LANG|LC_.*|TMPDIR|TEMP|TMP|DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR|CI|SystemRoot|windir|COMSPEC|APPDATA|LOCALAPPDATA|USERPROFILE|PATHEXT|SMART_AGENTS_CHROMIUM|SMART_AGENTS_E2E_HEADED)$/i

/** What a host gets of the environment of the tests: no key, no setting, nothing of the runner. */
export function cleanEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name))
  return { ...Object.fromEntries(kept), ...own }
}
