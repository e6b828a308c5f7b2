import type { ComparedOutput, HistoryFilter } from '../../../shared/model/history.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { StatsOverview } from '../../../shared/model/stats.js'
import type { ErrorCode } from '../../../shared/rpc/errors.js'
import { type OverviewRequest, statsOverview } from '../figures/overview.js'
import { compareOutputs, MOST_COMPARED } from '../history/compare-outputs.js'
import { outputText } from '../history/output-text.js'
import type { ReadDb } from './database.js'
import { stepMessages } from './queries/history-messages.js'
import { type HistoryPlan, planHistory } from './queries/history-plan.js'
import type { HistoryStep, PlacedEntry } from './queries/history-step.js'
import { selectHistoryTasks, stepTasks } from './queries/history-tasks.js'
import { type FullTexts, selectFullTexts, selectResultText } from './queries/history-texts.js'
import {
  type ListedTasks,
  type ListRequest,
  listTasks,
  selectTaskNames,
  type TaskNames,
} from './queries/task-list.js'
import { selectOutput } from './queries/task-output.js'
import { selectTimeline, type TimelineRequest } from './queries/timeline.js'

/** What a task came to, or so far, of one that has not ended, what is in its log. */
function putOutBy(db: ReadDb, taskId: string): string {
  const result = selectResultText(db, taskId)
  if (result !== null) return outputText(result)
  const chunks = selectOutput(db, taskId as TaskId, 0, MOST_COMPARED + 1)
  return chunks.map(({ text }) => text).join('')
}

/** What is read that may take long: on a thread of its own where there is one. Plain data in and out. */
export const historyReads = {
  plan: (db: ReadDb, filter: HistoryFilter): HistoryPlan => planHistory(db, filter),
  step: (
    db: ReadDb,
    {
      plan,
      kind,
      before,
      limit,
    }: {
      readonly plan: HistoryPlan
      readonly kind: 'task' | 'message'
      readonly before: number
      readonly limit: number
    },
  ): HistoryStep => {
    const own = plan[kind]
    if (own === null) return { found: [], searchedTo: 0 }
    const step = kind === 'task' ? stepTasks : stepMessages
    return step(db, plan, own, before, limit)
  },
  tasks: (db: ReadDb, ids: readonly string[]): (PlacedEntry | null)[] =>
    selectHistoryTasks(db, ids),
  texts: (
    db: ReadDb,
    entries: readonly { readonly kind: 'task' | 'message'; readonly id: string }[],
  ): (FullTexts | null)[] => selectFullTexts(db, entries),
  compare: (db: ReadDb, taskIds: readonly [string, string]): ComparedOutput =>
    compareOutputs(putOutBy(db, taskIds[0]), putOutBy(db, taskIds[1])),
  list: (db: ReadDb, request: ListRequest): ListedTasks => listTasks(db, request),
  names: (db: ReadDb, _argument: null): TaskNames => selectTaskNames(db),
  timeline: (db: ReadDb, request: TimelineRequest): number[] => selectTimeline(db, request),
  overview: (
    db: ReadDb,
    { request, nowMs }: { readonly request: OverviewRequest; readonly nowMs: number },
  ): StatsOverview => statsOverview(db, request, nowMs),
}

export type HistoryReads = typeof historyReads
export type ReadName = keyof HistoryReads
export type ArgumentOf<N extends ReadName> = Parameters<HistoryReads[N]>[1]
export type AnswerOf<N extends ReadName> = ReturnType<HistoryReads[N]>

/** What goes to the thread, and what comes back. */
export interface ReadRequest {
  readonly id: number
  readonly name: ReadName
  readonly argument: unknown
}
export type ReadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string; readonly code: ErrorCode | null }

export function performRead(db: ReadDb, name: ReadName, argument: unknown): unknown {
  const read = historyReads[name] as (db: ReadDb, argument: unknown) => unknown
  return read(db, argument)
}
