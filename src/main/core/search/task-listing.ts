import type { TimelineEntry } from '../../../shared/rpc/task.js'
import type { Clock } from '../ports.js'
import type { BackgroundTaskQueue, TaskListPage } from '../scheduler/background-task-queue.js'
import type { LongReads } from '../store/long-reads.js'
import type { ListPlace, ListRequest, TaskNames } from '../store/queries/task-list.js'
import type { TimelineRequest } from '../store/queries/timeline.js'

export interface ListedPage extends Pick<TaskListPage, 'tasks' | 'seq'> {
  readonly next: ListPlace | null
  readonly total: number | null
}

/**
 * Tasks of any filter in any order. What belongs to a page is looked up where long reads happen; the tasks are shown as
 * they are when the page is answered, and may have moved on since.
 */
export interface TaskListing {
  list(request: Omit<ListRequest, 'nowMs'>, signal: AbortSignal): Promise<ListedPage>
  /** What tasks can be filtered by. */
  names(): Promise<TaskNames>
  timeline(request: TimelineRequest, signal: AbortSignal): Promise<TimelineEntry[]>
}

export function createTaskListing({
  clock,
  reads,
  queue,
}: {
  readonly clock: Clock
  readonly reads: LongReads
  readonly queue: BackgroundTaskQueue
}): TaskListing {
  return {
    list: async (request, signal) => {
      signal.throwIfAborted()
      const listed = await reads.read('list', { ...request, nowMs: clock.now() })
      signal.throwIfAborted()
      const { next, total } = listed
      return { ...queue.at(listed.ordinals), next, total }
    },
    names: () => reads.read('names', null),
    timeline: async (request, signal) => {
      signal.throwIfAborted()
      const ordinals = await reads.read('timeline', request)
      signal.throwIfAborted()
      return queue.traces.timeline(ordinals)
    },
  }
}
