import type { PlanStep } from '../../../../../shared/model/task.js'

const LONGEST_TITLE = 120

/** The steps that people watch. Exactly one is active while work goes on; none when it is over. */
export class Plan {
  readonly #steps: { title: string; state: PlanStep['state'] }[]

  constructor(titles: readonly string[]) {
    this.#steps = titles.map((title) => ({ title: shortened(title), state: 'pending' }))
  }

  /** Begins a step; what was active before it is done. */
  start(index: number, title?: string): void {
    this.#closeActive('done')
    const step = this.#steps[index]
    if (step === undefined) return
    step.state = 'active'
    if (title !== undefined) step.title = shortened(title)
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

function shortened(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim() || 'Work'
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1)}…`
}
