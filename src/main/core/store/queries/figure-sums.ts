import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import type { EndFigures } from './figures.js'

/** Slots, both included. */
export interface SlotSpan {
  readonly from: number
  readonly to: number
}

const IN_SPAN = 'slot BETWEEN @from AND @to'

export type TypeFigures = Omit<EndFigures, 'slot'>

/** Sums of a span, by type. */
export function selectTypeFigures(db: ReadDb, span: SlotSpan): TypeFigures[] {
  return statement(
    db,
    `SELECT type, sum(completed) AS completed, sum(failed) AS failed, sum(cancelled) AS cancelled,
       sum(running_ms) AS runningMs, sum(started) AS started, sum(wait_ms) AS waitMs,
       sum(tokens) AS tokens, sum(cost_micro_usd) AS costMicroUsd,
       sum(unpriced_tokens) AS unpricedTokens, max(peak_memory) AS peakMemory, max(peak_cpu) AS peakCpu
     FROM figures_by_type WHERE ${IN_SPAN} GROUP BY type ORDER BY type`,
  ).all(span) as TypeFigures[]
}

export interface SlotEnds {
  readonly slot: number
  readonly completed: number
  readonly failed: number
  readonly cancelled: number
}

/** How many tasks ended how, slot by slot. */
export function selectEnds(db: ReadDb, span: SlotSpan): SlotEnds[] {
  return statement(
    db,
    `SELECT slot, sum(completed) AS completed, sum(failed) AS failed, sum(cancelled) AS cancelled
     FROM figures_by_type WHERE ${IN_SPAN} GROUP BY slot`,
  ).all(span) as SlotEnds[]
}

export function selectCauses(
  db: ReadDb,
  span: SlotSpan,
): { readonly cause: string; readonly count: number }[] {
  return statement(
    db,
    `SELECT cause, sum(count) AS count FROM figures_by_cause WHERE ${IN_SPAN}
     GROUP BY cause HAVING sum(count) > 0 ORDER BY count DESC, cause`,
  ).all(span) as { cause: string; count: number }[]
}

export interface MachineSums {
  readonly busyMs: number
  readonly taskMs: number
  readonly mostRunning: number
  readonly peakCpu: number | null
  readonly peakMemory: number | null
}

const MACHINE = `coalesce(sum(busy_ms), 0) AS busyMs, coalesce(sum(task_ms), 0) AS taskMs,
  coalesce(max(most_running), 0) AS mostRunning, max(peak_cpu) AS peakCpu, max(peak_memory) AS peakMemory`

export function selectMachineSums(db: ReadDb, span: SlotSpan): MachineSums {
  return statement(db, `SELECT ${MACHINE} FROM figures_of_machine WHERE ${IN_SPAN}`).get(
    span,
  ) as MachineSums
}

/** Slot by slot. */
export function selectMachineSlots(
  db: ReadDb,
  span: SlotSpan,
): (MachineSums & { readonly slot: number })[] {
  return statement(
    db,
    `SELECT slot, ${MACHINE} FROM figures_of_machine WHERE ${IN_SPAN} GROUP BY slot`,
  ).all(span) as (MachineSums & { slot: number })[]
}

export interface SpendingSums {
  readonly turns: number
  readonly tokens: number
  readonly costMicroUsd: number
  readonly unpricedTokens: number
}

const SPENDING = `coalesce(sum(turns), 0) AS turns, coalesce(sum(tokens), 0) AS tokens,
  coalesce(sum(cost_micro_usd), 0) AS costMicroUsd, coalesce(sum(unpriced_tokens), 0) AS unpricedTokens`

/** Slot by slot. */
export function selectSpendingSlots(
  db: ReadDb,
  span: SlotSpan,
): (SpendingSums & { readonly slot: number })[] {
  return statement(
    db,
    `SELECT slot, ${SPENDING} FROM figures_of_spending WHERE ${IN_SPAN} GROUP BY slot`,
  ).all(span) as (SpendingSums & { slot: number })[]
}

/** Dearest first. */
export function selectSpendingByAgent(
  db: ReadDb,
  span: SlotSpan,
): (SpendingSums & { readonly agent: string })[] {
  return statement(
    db,
    `SELECT agent, ${SPENDING} FROM figures_of_spending WHERE ${IN_SPAN}
     GROUP BY agent ORDER BY costMicroUsd DESC, tokens DESC, agent`,
  ).all(span) as (SpendingSums & { agent: string })[]
}

/** Models whose price is not known, with the tokens of which nobody can say what they cost. */
export function selectUnpricedModels(
  db: ReadDb,
  span: SlotSpan,
): { readonly model: string; readonly tokens: number }[] {
  return statement(
    db,
    `SELECT model, sum(unpriced_tokens) AS tokens FROM figures_of_spending
     WHERE ${IN_SPAN} AND unpriced_tokens > 0 GROUP BY model ORDER BY tokens DESC, model`,
  ).all(span) as { model: string; tokens: number }[]
}

/** Longest first. */
export function selectWaits(
  db: ReadDb,
  span: SlotSpan,
): { readonly reason: string; readonly waits: number; readonly waitMs: number }[] {
  return statement(
    db,
    `SELECT reason, sum(waits) AS waits, sum(wait_ms) AS waitMs FROM figures_of_waits
     WHERE ${IN_SPAN} GROUP BY reason ORDER BY waitMs DESC, reason`,
  ).all(span) as { reason: string; waits: number; waitMs: number }[]
}

export function selectTries(
  db: ReadDb,
  span: SlotSpan,
): { readonly what: 'retry' | 'correction' | 'mended'; readonly count: number }[] {
  return statement(
    db,
    `SELECT what, sum(count) AS count FROM figures_of_tries WHERE ${IN_SPAN} GROUP BY what`,
  ).all(span) as { what: 'retry' | 'correction' | 'mended'; count: number }[]
}
