import type { TaskId } from '../../../shared/model/ids.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import { missingTask } from '../scheduler/missing-task.js'
import { paramsOfRerun } from '../scheduler/rerun.js'
import type { LongReads } from '../store/long-reads.js'
import { selectTask } from '../store/queries/tasks.js'
import { type ExportPiece, type ExportRequest, exportHistory } from './export-history.js'
import { type HistoryPage, type HistoryRequest, searchHistory } from './history.js'
import { SavedSearches } from './saved-searches.js'

/** What was done and said, as far back as it is kept. */
export interface HistoryService {
  search(request: HistoryRequest, signal: AbortSignal): Promise<HistoryPage>
  export(request: ExportRequest, signal: AbortSignal): Promise<ExportPiece>
  /** Does a task that has ended once more, as a new one. @throws AppError as `submit` does, and `invalid_state` */
  rerun(id: TaskId): Promise<TaskId>
  /** @throws AppError `not_found` */
  compare(ids: readonly [TaskId, TaskId]): Promise<ResultOf<'history.compare'>>
  readonly saved: SavedSearches
}

export function createHistory(parts: {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly reads: LongReads
  readonly queue: BackgroundTaskQueue
}): HistoryService {
  const { reads, queue, log, clock } = parts
  const runOf = (id: TaskId) => {
    const { task, result } = queue.get(id)
    const durationMs = result === null ? null : Math.round(result.metrics.duration * 1000)
    return { task, durationMs }
  }
  return {
    search: (request, signal) => searchHistory(reads, request, signal),
    export: (request, signal) => exportHistory(reads, request, signal),
    rerun: async (id) => {
      const params = log.query((db) => {
        const task = selectTask(db, id, clock.now())
        if (task === undefined) throw missingTask(db, id)
        return paramsOfRerun(db, task, clock.now())
      })
      return queue.submit(params, id)
    },
    compare: async ([left, right]) => {
      const runs: ResultOf<'history.compare'>['runs'] = [runOf(left), runOf(right)]
      return { runs, output: await reads.read('compare', [left, right]) }
    },
    saved: new SavedSearches({ ...parts, log }),
  }
}
