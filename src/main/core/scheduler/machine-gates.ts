import type { MachineReading, ResourceLimits } from '../../../shared/model/queue.js'
import { nextGate } from './gauge-gate.js'

/** What the machine says about further starts: the last reading, and which gauge holds them back. */
export class MachineGates {
  reading: MachineReading
  cpuClosed = false
  memoryClosed = false

  constructor(reading: MachineReading) {
    this.reading = reading
  }

  /** Takes a reading or new limits in; true when a gauge has crossed its line. */
  update(limits: ResourceLimits, reading: MachineReading = this.reading): boolean {
    const { cpuClosed, memoryClosed } = this
    this.reading = reading
    this.cpuClosed = nextGate(cpuClosed, reading.cpu, limits.cpuThreshold)
    this.memoryClosed = nextGate(memoryClosed, reading.memory, limits.memoryThreshold)
    return this.cpuClosed !== cpuClosed || this.memoryClosed !== memoryClosed
  }

  get isClosed(): boolean {
    return this.cpuClosed || this.memoryClosed
  }
}
