import type { TaskId } from '../../../shared/model/ids.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Logger, ProcessRunner } from '../ports.js'
import { deleteProcess, selectProcesses } from '../store/queries/processes.js'
import { selectRunningTaskIds } from '../store/queries/tasks.js'
import { settleInterrupted } from './settle.js'
import { type EndedHook, end, park, type RunFollower, readOrFail } from './task-lifecycle.js'

export interface RecoveryServices {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly processes: ProcessRunner
  readonly markerPrefix: string
  readonly hooks: readonly EndedHook[]
  readonly follower?: RunFollower
}

/**
 * Settles what a dead host left behind, before anything runs: first its processes are killed and
 * confirmed dead (those on record, and by their marker those that died between spawn and record),
 * then each lease ends, and its task waits to run again or fails with `interrupted`.
 */
export async function recover(services: RecoveryServices): Promise<void> {
  const { log, processes, logger, markerPrefix } = services
  const recorded = log.query((db) => selectProcesses(db))
  for (const entry of recorded) {
    await processes.killTree(entry)
    log.transaction(({ db }) => deleteProcess(db, entry.id))
  }
  const strays = await processes.killMarked((value) => value.startsWith(`${markerPrefix}:`))
  if (recorded.length + strays > 0) {
    logger.warn({ recorded: recorded.length, strays }, 'ended processes of an earlier run')
  }
  const settled: TaskId[] = []
  log.transaction((transaction) => {
    for (const id of selectRunningTaskIds(transaction.db)) {
      settled.push(id)
      const task = readOrFail(transaction, id, services.hooks)
      if (task === undefined) continue
      const settlement = settleInterrupted(task)
      if (settlement.kind === 'end') end(transaction, task, settlement.end, services.hooks)
      else {
        park(transaction, task, settlement.park)
        services.follower?.parked(transaction, task, settlement.park)
      }
    }
  })
  if (settled.length > 0) logger.warn({ tasks: settled }, 'tasks were interrupted')
}
