/**
 * The queue of Smart Agents as a library: on a file, with the real clock, ids and process table, and with every event
 * written. Bundled by `build-product.mjs`.
 */
import path from 'node:path'
import { taskCards } from '../../../src/main/core/chat/task-card.js'
import { EventLog } from '../../../src/main/core/events/event-log.js'
import type { Clock, Logger } from '../../../src/main/core/ports.js'
import { BackgroundTaskQueue } from '../../../src/main/core/scheduler/background-task-queue.js'
import type { TaskExecutor } from '../../../src/main/core/scheduler/executor.js'
import { TaskProgressEmitter } from '../../../src/main/core/scheduler/task-progress-emitter.js'
import { SearchIndexer } from '../../../src/main/core/search/search-indexer.js'
import { startCheckpoints } from '../../../src/main/core/store/checkpoints.js'
import { openDatabase } from '../../../src/main/core/store/database.js'
import { createOrderedIds } from '../../../src/main/server/node-ports/ordered-ids.js'
import { createProcessRunner } from '../../../src/main/server/node-ports/process-runner.js'
import { createSystemClock } from '../../../src/main/server/node-ports/system-clock.js'

/** As it stands: Node leaves the types out. */
const WORKER = path.join(import.meta.dirname, '../../src/main/core/store/checkpoint.worker.ts')

/** Complaints belong into the report; the rest would measure the terminal. */
const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    throw new Error(message, { cause: fields })
  },
}

export interface OpenProduct {
  readonly queue: BackgroundTaskQueue
  /** Keeps the search index up to date, as a host does. */
  readonly indexer: SearchIndexer
  /** Brings the search index up to date, in the steps of the program without its pauses. */
  index(): Promise<void>
  /** Ends what runs and closes the file. */
  close(): Promise<void>
}

/** @param execute does the work of every task; gets the task's input */
export function openProduct(
  dataDirectory: string,
  execute: (input: unknown) => Promise<void>,
): OpenProduct {
  const db = openDatabase({ path: path.join(dataDirectory, 'smart-agents.db') })
  const clock = createSystemClock()
  const ids = createOrderedIds()
  const checkpoints = startCheckpoints(db, WORKER, logger)
  const log = new EventLog(db, clock, logger, checkpoints.committed)
  const executor: TaskExecutor = {
    execute: async ({ task }) => {
      await execute(task.input)
      return { kind: 'completed', output: null }
    },
  }
  const queue = new BackgroundTaskQueue({
    log,
    clock,
    ids,
    logger,
    // Nothing is known about the machine, so it holds nothing back.
    gauge: {
      memoryBytes: null,
      read: () => ({ cpu: null, memory: null }),
      onReading: () => () => undefined,
    },
    processes: createProcessRunner({ logger, environment: () => ({}) }),
    secrets: () => [],
    executorOf: () => executor,
    markerPrefix: dataDirectory,
    hooks: [taskCards(ids).ended],
    defaultWorkspace: () => dataDirectory,
    timezone: 'UTC',
  })
  // A host hands every event on; this is the cheapest program that listens.
  const progress = new TaskProgressEmitter(log, logger)
  const indexer = new SearchIndexer({ log, clock, logger })
  return {
    queue,
    indexer,
    index: () => indexWithoutPause(log),
    close: async () => {
      indexer.stop()
      await queue.stop()
      progress.close()
      await checkpoints.close()
      db.close()
    },
  }
}

/** Until the indexer asks for no further step. */
async function indexWithoutPause(log: EventLog): Promise<void> {
  const idle = Promise.withResolvers<void>()
  let waiting = 0
  const clock: Clock = {
    now: () => Date.now(),
    schedule: (_delayMs, callback) => {
      waiting += 1
      const turn = setImmediate(() => {
        callback()
        waiting -= 1
        if (waiting === 0) idle.resolve()
      })
      return { cancel: () => clearImmediate(turn) }
    },
  }
  const indexer = new SearchIndexer({ log, clock, logger })
  indexer.start()
  if (waiting > 0) await idle.promise
  indexer.stop()
}
