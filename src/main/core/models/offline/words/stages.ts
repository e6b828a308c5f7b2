import type { WorkIntent } from './intent.js'

/** What may be done at the same time; each stage waits for the one before it. */
export function stagesOf(work: readonly WorkIntent[]): WorkIntent[][] {
  const stages: WorkIntent[][] = []
  for (const intent of work) {
    const last = stages.at(-1)
    if (last === undefined || intent.after === true) stages.push([intent])
    else last.push(intent)
  }
  return stages
}
