import type { Ids } from '../../src/main/core/ports.js'
import type { IdKind } from '../../src/shared/model/ids.js'

/** `task_1`, `task_2`, `msg_1` …, and a fixed, repeatable sequence of random numbers. */
export class SequentialIds implements Ids {
  readonly #counts = new Map<IdKind, number>()
  #seed: number

  constructor(seed = 1) {
    this.#seed = seed >>> 0
  }

  next(kind: IdKind): string {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return `${kind}_${count}`
  }

  /** mulberry32: small, and spread evenly enough for jitter. */
  random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0
    let mixed = this.#seed
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
