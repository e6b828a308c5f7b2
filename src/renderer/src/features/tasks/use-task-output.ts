import { useEffect, useRef, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import {
  emptyOutput,
  marked,
  type TaskOutput,
  useTaskOutput,
  withText,
} from '../../stores/task-output.js'

/**
 * So much is read by itself, in UTF-16 units; the rest on request. A second's work: the end is what
 * a reader looks for, and it can only be reached from the start.
 */
const READ_AT_ONCE = 32_000_000

export interface LoadedOutput {
  readonly output: TaskOutput | null
  /** True when the host has more than was read. */
  readonly more: boolean
  readonly error: string | null
  readMore(): void
}

/** Reads the log of a task and stays with its live output as long as it is shown. */
export function useOutputOf(taskId: TaskId): LoadedOutput {
  const host = useHost()
  const output = useTaskOutput((state) => state.output)
  const ready = useConnection((state) => state.phase.name === 'ready')
  const limit = useRef(READ_AT_ONCE)
  const [more, setMore] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const behind = output?.behind ?? false

  useEffect(() => {
    useTaskOutput.setState({ output: emptyOutput(taskId) })
    return () => useTaskOutput.setState({ output: null })
  }, [taskId])

  useEffect(() => {
    if (!ready || !behind) return
    const given = new AbortController()
    readLog(host, taskId, limit.current, given.signal).then(
      (complete) => {
        setMore(!complete)
        setError(null)
      },
      (reason: unknown) => {
        if (!given.signal.aborted) setError(messageOf(reason))
      },
    )
    return () => given.abort()
  }, [host, taskId, ready, behind])

  return {
    output: output?.taskId === taskId ? output : null,
    more,
    error,
    readMore: () => {
      limit.current += READ_AT_ONCE
      useTaskOutput.setState(marked(true))
    },
  }
}

/** Answers true when everything that the host has was read. */
async function readLog(
  host: Host,
  taskId: TaskId,
  limit: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const sinceOffset = useTaskOutput.getState().output?.nextOffset ?? 0
    const page = await host.call('task.log', { taskId, sinceOffset }, { signal })
    useTaskOutput.setState(({ output }) =>
      output?.taskId === taskId ? { output: withText(output, page.offset, page.text) } : { output },
    )
    const complete = page.complete || page.text === ''
    if (!complete && page.nextOffset < limit) continue
    useTaskOutput.setState(marked(false))
    return complete
  }
}
