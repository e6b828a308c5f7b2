import type { MachineGauge } from '../../src/main/core/ports.js'
import type { MachineReading } from '../../src/shared/model/queue.js'

/** A machine whose load a test decides. */
export class ScriptedGauge implements MachineGauge {
  readonly #listeners = new Set<(reading: MachineReading) => void>()
  memoryBytes: number | null = null
  #reading: MachineReading = { cpu: null, memory: null }

  read(): MachineReading {
    return this.#reading
  }

  onReading(listener: (reading: MachineReading) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(reading: Partial<MachineReading>): void {
    this.#reading = { ...this.#reading, ...reading }
    for (const listener of this.#listeners) listener(this.#reading)
  }
}
