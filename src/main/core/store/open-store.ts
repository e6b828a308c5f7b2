import { join } from 'node:path'
import { EventLog } from '../events/event-log.js'
import type { Clock, Logger } from '../ports.js'
import { checkpointsByCommits, startCheckpoints } from './checkpoints.js'
import { openDatabase } from './database.js'
import { longReads } from './long-reads.js'

export interface StoreOptions {
  readonly ports: { readonly clock: Clock; readonly logger: Logger }
  readonly dataDirectory: string
  /** Folder of the built `*.worker.js`; without it everything happens on the thread of the caller. */
  readonly workers?: string
  /** Full durability against power loss. */
  readonly synchronous?: 'normal' | 'full'
}

/** The database, the log of events in it, and who copies its write-ahead log. */
export function openStore({ ports, dataDirectory, synchronous, workers }: StoreOptions) {
  const { clock, logger } = ports
  const path = join(dataDirectory, 'smart-agents.db')
  const db = openDatabase({ path, ...(synchronous === undefined ? {} : { synchronous }) })
  const checkpoints =
    workers === undefined
      ? checkpointsByCommits
      : startCheckpoints(db, join(workers, 'checkpoint.worker.js'), logger)
  const reads = longReads({
    db,
    entry: workers === undefined ? null : join(workers, 'history.worker.js'),
    clock,
    logger,
  })
  return { db, checkpoints, reads, log: new EventLog(db, clock, logger, checkpoints.committed) }
}
