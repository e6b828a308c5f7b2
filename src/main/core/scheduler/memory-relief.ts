import type { Logger } from '../ports.js'
import { whoGivesWay } from './memory-pressure.js'
import type { RunningTasks } from './running-tasks.js'

/** While memory stays short, agents go back into the line one by one. */
export class MemoryRelief {
  readonly #running: RunningTasks
  readonly #logger: Logger
  /** Since when memory has been short, or since the last agent gave way. */
  #shortSinceMs: number | null = null

  constructor(running: RunningTasks, logger: Logger) {
    this.#running = running
    this.#logger = logger
  }

  /** To be called with every reading of the machine. */
  read(isShort: boolean, nowMs: number): void {
    if (isShort) this.#shortSinceMs ??= nowMs
    else this.#shortSinceMs = null
    const pressured = this.#running.runs().map(({ task, startedAtMs, givesWay }) => ({
      id: task.id,
      lane: task.lane,
      priority: task.priority,
      startedAtMs,
      givesWay,
    }))
    const chosen = whoGivesWay(pressured, this.#shortSinceMs, nowMs)
    if (chosen === null) return
    this.#shortSinceMs = nowMs
    this.#running.get(chosen)?.giveWay()
    this.#logger.info({ taskId: chosen }, 'memory is short: an agent gives way')
  }
}
