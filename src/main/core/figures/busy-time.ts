import type { MachineReading } from '../../../shared/model/queue.js'
import type { Transaction } from '../events/event-log.js'
import { addMachineFigures } from '../store/queries/figures.js'
import { dayOf } from './end-figures.js'
import { highest } from './highest.js'

/**
 * Adds up the time in which at least one task runs, and the highest use of the machine meanwhile. It is
 * stored when the last task ends and at every heartbeat between: a crash costs what came since.
 */
export class BusyTime {
  #sinceMs: number | null = null
  #peak: MachineReading = { cpu: null, memory: null }

  /** A reading of the machine while tasks run. */
  read(reading: MachineReading): void {
    if (this.#sinceMs === null) return
    this.#peak = {
      cpu: highest(this.#peak.cpu, reading.cpu),
      memory: highest(this.#peak.memory, reading.memory),
    }
  }

  /** Writes what has passed; `settle` makes it count, once it is committed. */
  store({ db, at }: Transaction): void {
    if (this.#sinceMs === null) return
    addMachineFigures(db, {
      day: dayOf(at),
      busyMs: Math.max(0, at - this.#sinceMs),
      peakCpu: this.#peak.cpu,
      peakMemory: this.#peak.memory,
    })
  }

  /** From now on tasks run, or none does; what came before was stored. */
  settle(isBusy: boolean, atMs: number): void {
    this.#sinceMs = isBusy ? atMs : null
    this.#peak = { cpu: null, memory: null }
  }

  get isBusy(): boolean {
    return this.#sinceMs !== null
  }
}
