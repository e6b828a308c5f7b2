import { access } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import { cutEnd } from './text-limits.js'
import type { ToolContext } from './tool.js'

const TIMEOUT_MS = 60_000
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024
const MAX_STDERR_CHARS = 8_000

export interface RipgrepOutput {
  readonly stdout: string
  /** It printed more than is kept, or took too long: what is here is a part. */
  readonly cut: boolean
}

/**
 * Runs ripgrep in the workspace as a process of this run: recorded, limited, killed with it.
 * @throws AppError `invalid_params` with ripgrep's own reason when it refuses its arguments
 */
export async function runRipgrep(
  ripgrepPath: string,
  args: readonly string[],
  context: ToolContext,
): Promise<RipgrepOutput> {
  const stdout: string[] = []
  let problems = ''
  const end = await context.spawn({
    command: { kind: 'program', file: ripgrepPath, args: ['--no-config', ...args] },
    cwd: context.workspace,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    onOutput: (text, stream) => {
      if (stream === 'stdout') stdout.push(text)
      else if (problems.length < MAX_STDERR_CHARS) problems += text
    },
  })
  if (end.endedBy === 'abort') throw new AppError('cancelled', 'the search was stopped')
  if (end.endedBy === 'spawn_failure') {
    throw new AppError('internal', `ripgrep could not be started: ${end.failure ?? 'no reason'}`)
  }
  const cut = end.endedBy !== 'itself' || end.exitCode === null
  // 2 is any error. About a place it may not read it goes on and names the place; anything else is
  // its refusal of the pattern or the glob.
  if (end.exitCode === 2 && stdout.length === 0 && !/^rg: \.[\\/]/.test(problems)) {
    throw new AppError('invalid_params', cutEnd(problems.trim(), 1_000))
  }
  return { stdout: stdout.join(''), cut }
}

/**
 * What every search skips and respects. Hidden files are part of a project, so they are shown; `.git`
 * and `node_modules` never are. Globs come last to win, and `glob` is the model's own.
 *
 * In a workspace that is no git repository `.gitignore` counts as well, but not those above it,
 * which belong to something else.
 */
export async function scopeArgs(
  context: ToolContext,
  glob: string | undefined,
): Promise<readonly string[]> {
  return placesArgs(context.workspace, globArgs(glob))
}

export async function placesArgs(
  workspace: string,
  globs: readonly string[] = [],
): Promise<readonly string[]> {
  return [
    '--hidden',
    ...((await isInGitRepository(workspace)) ? [] : ['--no-require-git', '--no-ignore-parent']),
    ...globs,
    '--glob=!.git',
    '--glob=!node_modules',
  ]
}

/**
 * ripgrep lets a glob outrank `.gitignore`, a file type not. So a glob over names alone becomes a
 * type; one with directories in it cannot, and finds an ignored file that it matches.
 */
function globArgs(glob: string | undefined): readonly string[] {
  if (glob === undefined) return []
  const overNamesAlone = !/[/\\!]/.test(glob)
  return overNamesAlone ? [`--type-add=wanted:${glob}`, '--type=wanted'] : [`--glob=${glob}`]
}

/** The argument for a place inside the workspace; the prefix also keeps `-x` from being a flag. */
export function placeArg(relative: string): string {
  return `./${relative}`
}

/** A path as ripgrep prints it for a place given by `placeArg`, without that prefix. */
export function printedPath(printed: string): string {
  const plain = path.sep === '\\' ? printed.replaceAll('\\', '/') : printed
  return plain.replace(/^\.\/+/, '')
}

async function isInGitRepository(workspace: string): Promise<boolean> {
  for (let current = workspace; ; current = path.dirname(current)) {
    try {
      await access(path.join(current, '.git'))
      return true
    } catch {
      // Not here, or not to be seen: both mean that the search goes on above.
      if (path.dirname(current) === current) return false
    }
  }
}
