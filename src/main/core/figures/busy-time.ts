import type { MachineReading } from '../../../shared/model/queue.js'
import type { Transaction } from '../events/event-log.js'
import { addMachineFigures } from '../store/queries/figures.js'
import { highest } from './highest.js'
import { slotOf } from './slot.js'

/** It is stored far more often: who has not been heard of for longer has slept, and so have the tasks. */
const LONGEST_STRETCH_MS = 60_000

/**
 * Adds up the time in which tasks run, once as it passes and once for each task, and the highest use of the machine
 * meanwhile. It is stored whenever another number of tasks runs and at every heartbeat between: a crash costs what
 * came since.
 */
export class BusyTime {
  #running = 0
  #sinceMs = 0
  #peak: MachineReading = { cpu: null, memory: null }

  /** A reading of the machine while tasks run. */
  read(reading: MachineReading): void {
    if (this.#running === 0) return
    this.#peak = {
      cpu: highest(this.#peak.cpu, reading.cpu),
      memory: highest(this.#peak.memory, reading.memory),
    }
  }

  /** Writes what has passed; `settle` makes it count, once it is committed. */
  store({ db, at }: Transaction): void {
    if (this.#running === 0) return
    const busyMs = Math.min(LONGEST_STRETCH_MS, Math.max(0, at - this.#sinceMs))
    addMachineFigures(db, {
      slot: slotOf(at),
      busyMs,
      taskMs: busyMs * this.#running,
      mostRunning: this.#running,
      peakCpu: this.#peak.cpu,
      peakMemory: this.#peak.memory,
    })
  }

  /** From now on so many tasks run; what came before was stored. */
  settle(running: number, atMs: number): void {
    this.#running = running
    this.#sinceMs = atMs
    this.#peak = { cpu: null, memory: null }
  }

  get running(): number {
    return this.#running
  }
}
