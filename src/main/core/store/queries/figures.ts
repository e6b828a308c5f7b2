import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** What one end of a task adds to the figures of its day; negative to take it back. */
export interface EndFigures {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  readonly type: string
  readonly completed: number
  readonly failed: number
  readonly cancelled: number
  readonly runningMs: number
  readonly started: number
  readonly waitMs: number
  readonly tokens: number
  readonly costMicroUsd: number
  readonly unpricedTokens: number
  readonly peakMemory: number | null
  readonly peakCpu: number | null
}

export function addEndFigures(db: WriteDb, figures: EndFigures): void {
  statement(
    db,
    `INSERT INTO figures_by_type (day, type, completed, failed, cancelled, running_ms, started, wait_ms,
       tokens, cost_micro_usd, unpriced_tokens, peak_memory, peak_cpu)
     VALUES (@day, @type, @completed, @failed, @cancelled, @runningMs, @started, @waitMs, @tokens,
       @costMicroUsd, @unpricedTokens, @peakMemory, @peakCpu)
     ON CONFLICT DO UPDATE SET completed = completed + excluded.completed,
       failed = failed + excluded.failed, cancelled = cancelled + excluded.cancelled,
       running_ms = running_ms + excluded.running_ms, started = started + excluded.started,
       wait_ms = wait_ms + excluded.wait_ms, tokens = tokens + excluded.tokens,
       cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd,
       unpriced_tokens = unpriced_tokens + excluded.unpriced_tokens,
       peak_memory = coalesce(max(peak_memory, excluded.peak_memory), peak_memory, excluded.peak_memory),
       peak_cpu = coalesce(max(peak_cpu, excluded.peak_cpu), peak_cpu, excluded.peak_cpu)`,
  ).run(figures)
}

export function addCause(db: WriteDb, day: number, cause: string, count: number): void {
  statement(
    db,
    `INSERT INTO figures_by_cause (day, cause, count) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  ).run(day, cause, count)
}

export interface MachineFigures {
  readonly day: number
  /** Time in which at least one task ran. */
  readonly busyMs: number
  /** Percent; null without a reading. */
  readonly peakCpu: number | null
  readonly peakMemory: number | null
}

export function addMachineFigures(db: WriteDb, figures: MachineFigures): void {
  statement(
    db,
    `INSERT INTO figures_of_machine (day, busy_ms, peak_cpu, peak_memory)
     VALUES (@day, @busyMs, @peakCpu, @peakMemory)
     ON CONFLICT DO UPDATE SET busy_ms = busy_ms + excluded.busy_ms,
       peak_cpu = coalesce(max(peak_cpu, excluded.peak_cpu), peak_cpu, excluded.peak_cpu),
       peak_memory = coalesce(max(peak_memory, excluded.peak_memory), peak_memory, excluded.peak_memory)`,
  ).run(figures)
}

export type TypeFigures = Omit<EndFigures, 'day'>

/** Sums from a day on, by type. */
export function selectTypeFigures(db: ReadDb, sinceDay: number): TypeFigures[] {
  return statement(
    db,
    `SELECT type, sum(completed) AS completed, sum(failed) AS failed, sum(cancelled) AS cancelled,
       sum(running_ms) AS runningMs, sum(started) AS started, sum(wait_ms) AS waitMs,
       sum(tokens) AS tokens, sum(cost_micro_usd) AS costMicroUsd,
       sum(unpriced_tokens) AS unpricedTokens, max(peak_memory) AS peakMemory, max(peak_cpu) AS peakCpu
     FROM figures_by_type WHERE day >= ? GROUP BY type ORDER BY type`,
  ).all(sinceDay) as TypeFigures[]
}

export function selectCauses(
  db: ReadDb,
  sinceDay: number,
): { readonly cause: string; readonly count: number }[] {
  return statement(
    db,
    `SELECT cause, sum(count) AS count FROM figures_by_cause WHERE day >= ?
     GROUP BY cause HAVING sum(count) > 0 ORDER BY count DESC, cause`,
  ).all(sinceDay) as { cause: string; count: number }[]
}

export function selectMachineFigures(db: ReadDb, sinceDay: number): Omit<MachineFigures, 'day'> {
  return statement(
    db,
    `SELECT coalesce(sum(busy_ms), 0) AS busyMs, max(peak_cpu) AS peakCpu, max(peak_memory) AS peakMemory
     FROM figures_of_machine WHERE day >= ?`,
  ).get(sinceDay) as Omit<MachineFigures, 'day'>
}
