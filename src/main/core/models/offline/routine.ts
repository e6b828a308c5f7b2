import type { PlanStep } from '../../../../shared/model/task.js'

/** A tool call that a routine wants; ids are given when the turn is made. */
export interface PlannedCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a planner decided: the text of the turn and its calls; no calls end the turn. */
export interface PlannedTurn {
  readonly text: string
  readonly calls: readonly PlannedCall[]
}

/** What a call came back with, as the transcript tells it. */
export interface Outcome {
  readonly content: string
  readonly isError: boolean
}

/** One turn of the assistant: a line for people, then calls. */
export interface Move {
  readonly say: string
  readonly calls: readonly PlannedCall[]
  /** The plan as it stands while these calls run; only agents have one. */
  readonly steps?: readonly PlanStep[]
}

/**
 * A routine is the whole course of a request, written top to bottom: it yields the calls it needs
 * and is resumed with their outcomes. It keeps nothing outside itself and asks neither time nor
 * chance, so running it again over the recorded outcomes always leads to the same place.
 */
export type Routine<T> = Generator<Move, T, readonly Outcome[]>
