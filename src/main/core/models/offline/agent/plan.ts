import type { PlanStep } from '../../../../../shared/model/task.js'
import { shortened } from '../../../../../shared/text/shortened.js'
import { oneLine } from '../../../../../shared/text/terminal-text.js'

const LONGEST_TITLE = 120

/** The steps that people watch. Exactly one is active while work goes on; none when it is over. */
export class Plan {
  readonly #steps: { title: string; state: PlanStep['state'] }[]

  constructor(titles: readonly string[]) {
    this.#steps = titles.map((title) => ({ title: titleOf(title), state: 'pending' }))
  }

  /** Begins a step; what was active before it is done. */
  start(index: number, title?: string): void {
    this.#closeActive('done')
    const step = this.#steps[index]
    if (step === undefined) return
    step.state = 'active'
    if (title !== undefined) step.title = titleOf(title)
  }

  /** The active step did not reach what it was for. */
  fail(): void {
    this.#closeActive('failed')
  }

  /** Everything is over: what never began was not needed and leaves the plan. */
  close(): void {
    this.#closeActive('done')
    const begun = this.#steps.filter((step) => step.state !== 'pending')
    if (begun.length > 0) this.#steps.splice(0, this.#steps.length, ...begun)
  }

  steps(): PlanStep[] {
    return this.#steps.map((step) => ({ ...step }))
  }

  #closeActive(state: 'done' | 'failed'): void {
    for (const step of this.#steps) if (step.state === 'active') step.state = state
  }
}

function titleOf(text: string): string {
  return shortened(oneLine(text) || 'Work', LONGEST_TITLE)
}
