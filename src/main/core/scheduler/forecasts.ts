import type { MachineGauge } from '../ports.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { needOf, type Share, stillToCome, sumOf } from './forecast.js'
import type { KindHistory } from './kind-history.js'
import type { TaskRun } from './task-run.js'

/** What tasks will probably take of this machine, by what the last ones of their kind took. */
export class Forecasts {
  readonly #history: KindHistory
  readonly #gauge: MachineGauge

  constructor(history: KindHistory, gauge: MachineGauge) {
    this.#history = history
    this.#gauge = gauge
  }

  /** What the next task of a kind will take. */
  needOf(kind: string): Share {
    return needOf(this.#history.of(kind), this.#gauge.memoryBytes)
  }

  /** What running tasks will take beyond what they take now, and what those will that are about to start. */
  toCome(runs: readonly TaskRun[], starting: readonly { readonly task: TaskRecord }[]): Share {
    const bytes = this.#gauge.memoryBytes
    const ofRuns = runs.map(({ task, use }) =>
      stillToCome(this.needOf(task.kind), {
        memory: bytes === null ? 0 : (use.memoryBytes / bytes) * 100,
        cpu: use.cpuPercent,
      }),
    )
    return sumOf([...ofRuns, ...starting.map(({ task }) => this.needOf(task.kind))])
  }
}
