import type { PartReport } from '../report/report.js'
import type { Outcome, PlannedCall, Routine } from '../routine.js'
import type { Plan } from './plan.js'

/** One thing that a task asks for: its steps, and the routine that takes them. */
export interface Part {
  readonly title: string
  readonly steps: readonly string[]
  run(stage: Stage): Routine<PartReport>
}

/** A part's view of the plan: its own steps counted from 0. */
export class Stage {
  readonly #plan: Plan
  readonly #offset: number

  constructor(plan: Plan, offset: number) {
    this.#plan = plan
    this.#offset = offset
  }

  begin(step: number, title?: string): void {
    this.#plan.start(this.#offset + step, title)
  }

  fail(): void {
    this.#plan.fail()
  }

  /** Makes calls under the active step and waits for all of their results. */
  *ask(say: string, ...calls: readonly PlannedCall[]): Routine<readonly Outcome[]> {
    return yield { say, calls, steps: this.#plan.steps() }
  }

  *askOne(say: string, call: PlannedCall): Routine<Outcome> {
    const [outcome] = yield* this.ask(say, call)
    return outcome ?? { content: 'internal: the call has no result', isError: true }
  }
}
