export interface ProgramAnswer {
  readonly text: string
  readonly exitCode: number
}

export interface AskOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly timeoutMs?: number
  /** Aborting ends the program. */
  readonly signal?: AbortSignal
}

/**
 * Asks a program of the operating system (`ps`, `vm_stat`, `taskkill`), in its untranslated words.
 * @throws Error when it cannot be started or is ended by a signal; any exit code is an answer
 */
export async function askProgram(
  file: string,
  args: readonly string[],
  { env, timeoutMs, signal }: AskOptions = {},
): Promise<ProgramAnswer> {
  // Loaded when it is needed: on Linux the kernel's files tell everything.
  const { execa } = await import('execa')
  const { stdout, exitCode, ...rest } = await execa(file, args, {
    reject: false,
    stdin: 'ignore',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...env, LC_ALL: 'C' },
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
    windowsHide: true,
  })
  if (exitCode === undefined) {
    throw new Error(`${file} gave no answer: ${rest.message ?? 'unknown reason'}`)
  }
  return { text: stdout, exitCode }
}
