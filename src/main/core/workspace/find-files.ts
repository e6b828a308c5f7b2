import type { ParsedParamsOf, ResultOf } from '../../../shared/rpc/contract.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Ids, ProcessRunner } from '../ports.js'
import { resolveWorkspace } from '../scheduler/intake.js'
import { packagedRipgrep } from '../tools/agent-tools.js'
import { placesArgs, printedPath } from '../tools/ripgrep.js'
import { BestPaths } from './rank-paths.js'

const DEFAULT_FILES = 20
/** A person waits for it while typing: what is found by then is shown. */
const TIMEOUT_MS = 5_000
/** Of names; some hundred thousand files. */
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024

/** Aborting ends the search. */
export type FileFinder = (
  wanted: ParsedParamsOf<'workspace.files'>,
  signal: AbortSignal,
) => Promise<ResultOf<'workspace.files'>>

/**
 * Finds the files of a workspace that fit what somebody types, best first. All that is kept of a long
 * list is its best part. `markerPrefix` tells a later start of the program its own processes.
 */
export function fileFinder(
  { processes, ids }: { readonly processes: ProcessRunner; readonly ids: Ids },
  markerPrefix: string,
  defaultWorkspace: () => string,
): FileFinder {
  return async ({ workspace, query, limit = DEFAULT_FILES }, signal) => {
    const cwd = await resolveWorkspace(workspace ?? defaultWorkspace())
    const best = new BestPaths(query.trim(), limit)
    const args = ['--no-config', '--files', '--null', ...(await placesArgs(cwd)), '--', './']
    const end = await processes.run({
      command: { kind: 'program', file: packagedRipgrep(), args },
      cwd,
      marker: `${markerPrefix}:${ids.next('step')}`,
      timeoutMs: TIMEOUT_MS,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal,
      onOutput: namesInto(best),
    })
    if (end.endedBy === 'abort') throw new AppError('cancelled', 'the search was stopped')
    if (end.endedBy === 'spawn_failure') {
      throw new AppError('internal', `ripgrep could not be started: ${end.failure ?? 'no reason'}`)
    }
    return { files: best.take(), cut: end.endedBy !== 'itself' }
  }
}

/** Names come in pieces, each name closed by a NUL. */
function namesInto(best: BestPaths): (text: string, stream: 'stdout' | 'stderr') => void {
  let open = ''
  return (text, stream) => {
    if (stream !== 'stdout') return
    const names = (open + text).split('\0')
    open = names.pop() ?? ''
    for (const name of names) best.add(printedPath(name))
  }
}
