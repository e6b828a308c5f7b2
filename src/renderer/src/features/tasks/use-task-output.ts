import { useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import {
  emptyOutput,
  firstOffset,
  fromLineStart,
  MAX_LINES,
  marked,
  type TaskOutput,
  trimmed,
  useTaskOutput,
  withOlder,
  withText,
} from '../../stores/task-output.js'

/** What is read at first, and at each step further up, in UTF-16 units. */
const PIECE = 256 * 1024
/** Behind by more than this, the end is read anew: what lies between is not looked for. */
const FAR_BEHIND = 4 * PIECE

export interface LoadedOutput {
  readonly output: TaskOutput | null
  readonly error: string | null
  /** Reads what stands before. */
  readonly older: () => Promise<void>
  /** Reads what comes after a stretch that does not reach to the end, which it does at last. */
  readonly newer: () => Promise<void>
  /** Shows the end again after a look elsewhere. */
  readonly toEnd: () => void
  /** Shows the stretch around an offset; answers at which line it is. */
  readonly around: (offset: number, signal: AbortSignal) => Promise<number>
}

/** Reads the log of a task from its end and stays with its live output as long as it is shown. */
export function useOutputOf(taskId: TaskId): LoadedOutput {
  const host = useHost()
  const output = useTaskOutput((state) => state.output)
  const ready = useConnection((state) => state.phase.name === 'ready')
  const [error, setError] = useState<string | null>(null)
  const behind = output?.behind ?? false
  const isTooLong = (output?.lines.length ?? 0) > MAX_LINES

  useEffect(() => {
    useTaskOutput.setState({ output: emptyOutput(taskId) })
    return () => useTaskOutput.setState({ output: null })
  }, [taskId])

  useEffect(() => {
    if (!ready || !behind) return
    const given = new AbortController()
    catchUp(host, taskId, given.signal).then(
      () => setError(null),
      (reason: unknown) => {
        if (!given.signal.aborted) setError(messageOf(reason))
      },
    )
    return () => given.abort()
  }, [host, taskId, ready, behind])

  // Once what came is drawn: lines that come at one end and go at the other in one step would lose the reader's place.
  useEffect(() => {
    if (isTooLong) change(taskId, trimmed)
  }, [taskId, isTooLong])

  return {
    output: output?.taskId === taskId ? output : null,
    error,
    older: () => readOlder(host, taskId),
    newer: () => readNewer(host, taskId),
    toEnd: () => useTaskOutput.setState({ output: emptyOutput(taskId) }),
    around: (offset, signal) => readAround(host, taskId, offset, signal),
  }
}

/** Puts a change into the output, where it is still that of the task. */
function change(taskId: TaskId, next: (output: TaskOutput) => TaskOutput): void {
  useTaskOutput.setState(({ output }) => ({
    output: output?.taskId === taskId ? next(output) : output,
  }))
}

async function catchUp(host: Host, taskId: TaskId, signal: AbortSignal): Promise<void> {
  const from = useTaskOutput.getState().output
  const isNew = from === null || from.lines.length === 0
  const end = await host.call('task.log', { taskId, tail: PIECE }, { signal })
  if (isNew || end.offset - from.nextOffset > FAR_BEHIND) {
    const piece = fromLineStart(end.offset, end.text)
    change(taskId, () => withText(emptyOutput(taskId, piece.offset), piece.offset, piece.text))
  }
  for (;;) {
    const sinceOffset = useTaskOutput.getState().output?.nextOffset ?? 0
    const page = await host.call('task.log', { taskId, sinceOffset }, { signal })
    change(taskId, (output) => withText(output, page.offset, page.text))
    if (page.text === '' || page.complete) break
  }
  useTaskOutput.setState(marked(false))
}

async function readOlder(host: Host, taskId: TaskId): Promise<void> {
  const { output } = useTaskOutput.getState()
  const end = output === null ? 0 : firstOffset(output)
  if (end === 0) return
  const sinceOffset = Math.max(0, end - PIECE)
  const page = await host.call('task.log', { taskId, sinceOffset })
  const text = page.text.slice(0, end - sinceOffset)
  change(taskId, (current) =>
    // What was let go of meanwhile must not come back with a gap.
    firstOffset(current) === end ? withOlder(current, sinceOffset, text) : current,
  )
}

async function readNewer(host: Host, taskId: TaskId): Promise<void> {
  const sinceOffset = useTaskOutput.getState().output?.nextOffset ?? 0
  const page = await host.call('task.log', { taskId, sinceOffset })
  const isEnd = page.text === '' || page.complete
  change(taskId, (current) => {
    if (current.live || current.nextOffset !== sinceOffset) return current
    const read = withText(current, page.offset, page.text)
    return isEnd ? { ...read, live: true, behind: true } : read
  })
}

async function readAround(
  host: Host,
  taskId: TaskId,
  offset: number,
  signal: AbortSignal,
): Promise<number> {
  const sinceOffset = Math.max(0, offset - PIECE / 2)
  const page = await host.call('task.log', { taskId, sinceOffset }, { signal })
  signal.throwIfAborted()
  const piece = fromLineStart(sinceOffset, page.text)
  const before = piece.text.slice(0, Math.max(0, offset - piece.offset))
  const upTo = withText(emptyOutput(taskId, piece.offset), piece.offset, before)
  const whole = withText(upTo, piece.offset + before.length, piece.text.slice(before.length))
  change(taskId, () => ({ ...whole, live: false, behind: false }))
  return upTo.lines.length
}
