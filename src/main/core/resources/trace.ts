import type { TaskUse } from '../../../shared/model/resources.js'

/** A trace never has more points than this, however long the task runs. */
export const MOST_POINTS = 240
const FIRST_SPAN_MS = 1_000

interface Open {
  readonly at: number
  readonly cpuSum: number
  readonly samples: number
  readonly memoryBytes: number
}

/**
 * Use of one stretch of a task over time. Each point stands for a span; when there are too many, two become one and
 * spans are twice as long from then on. So a minute is told by seconds and a day by minutes.
 */
export class Trace {
  #points: TaskUse[] = []
  #spanMs = FIRST_SPAN_MS
  #open: Open | null = null

  /** `atMs` before the last one, as when a clock is set back, counts to the open span. */
  add(atMs: number, use: { readonly cpuPercent: number; readonly memoryBytes: number }): void {
    const open = this.#open
    if (open !== null && atMs < open.at + this.#spanMs) {
      this.#open = {
        at: open.at,
        cpuSum: open.cpuSum + use.cpuPercent,
        samples: open.samples + 1,
        memoryBytes: Math.max(open.memoryBytes, use.memoryBytes),
      }
      return
    }
    if (open !== null) this.#points.push(pointOf(open))
    if (this.#points.length >= MOST_POINTS) this.#halve()
    const { cpuPercent: cpuSum, memoryBytes } = use
    this.#open = { at: atMs, cpuSum, samples: 1, memoryBytes }
  }

  /** The open span included. */
  get points(): TaskUse[] {
    return this.#open === null ? [...this.#points] : [...this.#points, pointOf(this.#open)]
  }

  #halve(): void {
    this.#spanMs *= 2
    this.#points = this.#points.flatMap((first, index, all) => {
      if (index % 2 === 1) return []
      const second = all[index + 1] ?? first
      return [
        {
          at: first.at,
          cpu: round((first.cpu + second.cpu) / 2),
          memoryBytes: Math.max(first.memoryBytes, second.memoryBytes),
        },
      ]
    })
  }
}

function pointOf({ at, cpuSum, samples, memoryBytes }: Open): TaskUse {
  return { at, cpu: round(cpuSum / samples), memoryBytes }
}

function round(percent: number): number {
  return Math.round(percent * 10) / 10
}
