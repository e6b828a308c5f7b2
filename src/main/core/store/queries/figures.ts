import type { WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** What one end of a task adds to the figures of its slot; negative to take it back. */
export interface EndFigures {
  /** Quarters of an hour since 1970-01-01, UTC. */
  readonly slot: number
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
    `INSERT INTO figures_by_type (slot, type, completed, failed, cancelled, running_ms, started, wait_ms,
       tokens, cost_micro_usd, unpriced_tokens, peak_memory, peak_cpu)
     VALUES (@slot, @type, @completed, @failed, @cancelled, @runningMs, @started, @waitMs, @tokens,
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

export function addCause(db: WriteDb, slot: number, cause: string, count: number): void {
  statement(
    db,
    `INSERT INTO figures_by_cause (slot, cause, count) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  ).run(slot, cause, count)
}

export interface MachineFigures {
  readonly slot: number
  /** Time in which at least one task ran, and the same for each of those that did. */
  readonly busyMs: number
  readonly taskMs: number
  readonly mostRunning: number
  /** Percent; null without a reading. */
  readonly peakCpu: number | null
  readonly peakMemory: number | null
}

export function addMachineFigures(db: WriteDb, figures: MachineFigures): void {
  statement(
    db,
    `INSERT INTO figures_of_machine (slot, busy_ms, task_ms, most_running, peak_cpu, peak_memory)
     VALUES (@slot, @busyMs, @taskMs, @mostRunning, @peakCpu, @peakMemory)
     ON CONFLICT DO UPDATE SET busy_ms = busy_ms + excluded.busy_ms, task_ms = task_ms + excluded.task_ms,
       most_running = max(most_running, excluded.most_running),
       peak_cpu = coalesce(max(peak_cpu, excluded.peak_cpu), peak_cpu, excluded.peak_cpu),
       peak_memory = coalesce(max(peak_memory, excluded.peak_memory), peak_memory, excluded.peak_memory)`,
  ).run(figures)
}

/** What one turn of a model has used up. */
export interface Spending {
  readonly slot: number
  /** Empty for the chat. */
  readonly agent: string
  readonly model: string
  readonly tokens: number
  /** Null where the price of the model is not known. */
  readonly costMicroUsd: number | null
}

export function addSpending(db: WriteDb, { costMicroUsd, ...turn }: Spending): void {
  statement(
    db,
    `INSERT INTO figures_of_spending (slot, agent, model, turns, tokens, cost_micro_usd, unpriced_tokens)
     VALUES (@slot, @agent, @model, 1, @tokens, @cost, @unpriced)
     ON CONFLICT DO UPDATE SET turns = turns + 1, tokens = tokens + excluded.tokens,
       cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd,
       unpriced_tokens = unpriced_tokens + excluded.unpriced_tokens`,
  ).run({ ...turn, cost: costMicroUsd ?? 0, unpriced: costMicroUsd === null ? turn.tokens : 0 })
}

/** A task has waited in the line, for what holds back all of its kind; other waits are counted by a trigger. */
export function addWait(db: WriteDb, slot: number, reason: string, waitMs: number): void {
  statement(
    db,
    `INSERT INTO figures_of_waits (slot, reason, waits, wait_ms) VALUES (?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET waits = waits + 1, wait_ms = wait_ms + excluded.wait_ms`,
  ).run(slot, reason, waitMs)
}
