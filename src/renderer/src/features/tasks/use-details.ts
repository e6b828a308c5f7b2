import { useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskResult, TaskView } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { useTasks, withDetails } from '../../stores/tasks.js'

export interface LoadedDetails {
  readonly result: TaskResult | null
  readonly error: string | null
}

/**
 * Reads the task by itself, with its result, when it is opened and again whenever it has moved: what it
 * used up and what its processes took comes with no event.
 */
export function useDetails(taskId: TaskId, task: TaskView | undefined): LoadedDetails {
  const host = useHost()
  const [loaded, setLoaded] = useState<LoadedDetails>({ result: null, error: null })
  const ready = useConnection((state) => state.phase.name === 'ready')
  // Another text means that the task has moved; null that nobody can be asked.
  const stand = ready
    ? `${task?.state} ${task?.attempt} ${task?.completedAt} ${task?.currentStep}`
    : null
  useEffect(() => {
    if (stand === null) return
    const given = new AbortController()
    host.call('task.get', { taskId }, { signal: given.signal }).then(
      ({ task: read, result }) => {
        setLoaded({ result, error: null })
        useTasks.setState((state) => withDetails(state, read))
      },
      (error: unknown) => {
        if (given.signal.aborted) return
        setLoaded(({ result }) => ({ result, error: messageOf(error) }))
      },
    )
    return () => given.abort()
  }, [host, taskId, stand])
  return loaded
}
