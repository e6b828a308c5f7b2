import { AppError } from '../../../shared/rpc/errors.js'
import type { ProcessEnd, ProcessRunner, SpawnRequest } from '../ports.js'

/** Runs a process that somebody owns. */
export type OwnedSpawn = (
  request: Omit<SpawnRequest, 'marker' | 'signal' | 'onSpawn'>,
) => Promise<ProcessEnd>

export interface GitOptions {
  /** Exit codes that are answers; any other is an error. Default: 0 alone. */
  readonly ok?: readonly number[]
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Of its output; more of it ends it, and `truncated` says so. */
  readonly maxBytes?: number
  /** Takes the output in place of `out`. */
  readonly onText?: (text: string) => void
}

export interface GitAnswer {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly truncated: boolean
}

const TIMEOUT_MS = 120_000
const MAX_BYTES = 32 * 1024 * 1024
const SHOWN_OF_ERROR = 600

/** Nothing of a repository may run by itself, and nothing may wait for a person. */
const SETTINGS = [
  'core.quotepath=off',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'commit.gpgsign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  // Above this size a file is never taken into memory whole, and counts as binary.
  'core.bigFileThreshold=20m',
].flatMap((setting) => ['-c', setting])

const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_EDITOR: 'true',
  LC_ALL: 'C',
}

/** Author of what the program commits for agents. */
export const OUR_IDENTITY = [
  '-c',
  'user.name=Smart Agents',
  '-c',
  'user.email=agent@smart-agents.invalid',
]

/** Runs git without a shell, with its answers typed and its failures said in git's words. */
export class Git {
  readonly #spawn: OwnedSpawn

  constructor(spawn: OwnedSpawn) {
    this.#spawn = spawn
  }

  /** One whose processes end with the signal, and are found by their mark after a crash. */
  static outside(processes: ProcessRunner, dataDirectory: string, signal: AbortSignal): Git {
    const marker = `${dataDirectory}:git`
    return new Git((request) => processes.run({ ...request, marker, signal }))
  }

  /** @throws AppError `invalid_state` with what git said, `timeout`, `cancelled` */
  async run(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
    const { ok = [0], onText } = options
    const out: string[] = []
    let err = ''
    const end = await this.#spawn({
      command: { kind: 'program', file: 'git', args: [...SETTINGS, ...args] },
      cwd,
      env: { ...ENVIRONMENT, ...options.env },
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      maxOutputBytes: options.maxBytes ?? MAX_BYTES,
      onOutput: (text, stream) => {
        if (stream === 'stderr') err = `${err}${text}`.slice(0, SHOWN_OF_ERROR)
        else if (onText === undefined) out.push(text)
        else onText(text)
      },
    })
    const name = commandOf(args)
    const truncated = end.endedBy === 'output_limit'
    if (!truncated) refuseEnd(name, end)
    const code = end.exitCode ?? 0
    if (!truncated && !ok.includes(code)) {
      throw new AppError('invalid_state', `git ${name}: ${err.trim() || `exit code ${code}`}`)
    }
    return { code, out: out.join(''), err: err.trim(), truncated }
  }

  /** Its output in one line. */
  async line(cwd: string, args: readonly string[], options?: GitOptions): Promise<string> {
    return (await this.run(cwd, args, options)).out.trim()
  }

  /** Whether a question to git is answered with yes (0) rather than no (1). */
  async says(cwd: string, args: readonly string[]): Promise<boolean> {
    return (await this.run(cwd, args, { ok: [0, 1] })).code === 0
  }

  /** The commit that a name stands for; null when there is none. */
  async commit(cwd: string, name: string): Promise<string | null> {
    const { code, out } = await this.run(
      cwd,
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
      { ok: [0, 1, 128] },
    )
    return code === 0 ? out.trim() : null
  }
}

/** The parts of a `-z` answer. */
export function partsOf(out: string): string[] {
  const parts = out.split('\0')
  if (parts.at(-1) === '') parts.pop()
  return parts
}

/** The first word that is no setting. */
function commandOf(args: readonly string[]): string {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c')
  return args[at] ?? ''
}

function refuseEnd(name: string, end: ProcessEnd): void {
  switch (end.endedBy) {
    case 'spawn_failure':
      throw new AppError('invalid_state', `git could not be started: ${end.failure ?? ''}`)
    case 'timeout':
      throw new AppError('timeout', `git ${name} took too long and was ended`)
    case 'abort':
      throw new AppError('cancelled', `git ${name} was stopped`)
    case 'itself':
      if (end.exitCode !== null) return
      throw new AppError('invalid_state', `git ${name} was ended by ${end.signal ?? 'a signal'}`)
    default:
      throw new AppError('limit_exceeded', `git ${name} was ended: ${end.endedBy}`)
  }
}
