import type { Plan, PlanPart } from '../../../../shared/model/plan.js'
import type { TaskState } from '../../../../shared/model/task.js'
import type { TasksState } from '../../stores/tasks.js'
import { currentText } from '../../text/text.js'

interface PartStanding {
  /** Null before the plan runs. */
  readonly state: TaskState | null
  /** 0 to 100. */
  readonly progress: number
  readonly step: string | undefined
}

/** How far a part is: its task is followed live, the plan only tells how it stood when it was read. */
export function standingOf(part: PlanPart, tasks: TasksState['byId']): PartStanding {
  const task = part.taskId === undefined ? undefined : tasks[part.taskId]
  const state = task?.state ?? part.state ?? null
  const progress = state === 'completed' ? 100 : (task?.progress ?? 0)
  return { state, progress, step: state === 'running' ? task?.currentStep : undefined }
}

/** `2 of 5 parts done, 1 failed`. */
export function progressText(plan: Plan, tasks: TasksState['byId']): string {
  const states = plan.parts.map((part) => standingOf(part, tasks).state)
  const count = (state: TaskState) => states.filter((each) => each === state).length
  const { plans, ui } = currentText()
  const { counts } = plans
  const told = [counts.completed(count('completed'), states.length)]
  for (const state of ['running', 'failed', 'cancelled'] as const) {
    if (count(state) > 0) told.push(counts[state](count(state)))
  }
  return ui.listed(told)
}

type Node = Pick<PlanPart, 'key' | 'dependsOn'>

/**
 * Rows from top to bottom: each part stands below all that it depends on, as far left as those do. A circle, which
 * no plan of the host has, is cut where it closes.
 */
export function layersOf<P extends Node>(parts: readonly P[]): readonly (readonly P[])[] {
  const byKey = new Map(parts.map((part) => [part.key, part]))
  const depths = new Map<string, number>()
  const depthOf = (part: P, path: ReadonlySet<string>): number => {
    const known = depths.get(part.key)
    if (known !== undefined) return known
    if (path.has(part.key)) return 0
    const below = new Set([...path, part.key])
    const needs = part.dependsOn.flatMap((key) => byKey.get(key) ?? [])
    const depth = Math.max(0, ...needs.map((need) => depthOf(need, below) + 1))
    depths.set(part.key, depth)
    return depth
  }
  const rows: P[][] = []
  for (const part of parts) {
    const depth = depthOf(part, new Set())
    rows[depth] = [...(rows[depth] ?? []), part]
  }
  return ordered(rows.filter((row) => row !== undefined))
}

/** Puts each part below the middle of what it depends on, so that few lines cross. */
function ordered<P extends Node>(rows: readonly (readonly P[])[]): readonly (readonly P[])[] {
  const places = new Map<string, number>()
  return rows.map((row) => {
    const middle = ({ dependsOn }: P) => {
      const above = dependsOn.flatMap((key) => places.get(key) ?? [])
      return above.length === 0 ? 0 : above.reduce((sum, at) => sum + at, 0) / above.length
    }
    const sorted = [...row].sort((a, b) => middle(a) - middle(b))
    for (const [index, { key }] of sorted.entries()) {
      places.set(key, index - (sorted.length - 1) / 2)
    }
    return sorted
  })
}

/** Titles in place of keys. */
export function titlesOf(keys: readonly string[], parts: readonly PlanPart[]): string[] {
  return keys.map((key) => parts.find((part) => part.key === key)?.title ?? key)
}
