import { sendSignal } from './process-table.js'

/**
 * Kills the groups that still run when this process exits in a hurry. What it misses, as after a
 * kill of this process, the next host finds.
 */
export class ExitGuard {
  readonly #leaders = new Set<number>()
  readonly #kill = () => {
    for (const leader of this.#leaders) {
      sendSignal(process.platform === 'win32' ? leader : -leader, 'SIGKILL')
    }
  }

  /** Returns how to take the group out again: its number may be given away once it is dead. */
  watch(leader: number): () => void {
    if (this.#leaders.size === 0) process.on('exit', this.#kill)
    this.#leaders.add(leader)
    return () => {
      this.#leaders.delete(leader)
      if (this.#leaders.size === 0) process.off('exit', this.#kill)
    }
  }
}
