import type { HistoryFilter, HistoryTask } from '../../../../shared/model/history.js'
import { HistoryTask as HistoryTaskSchema } from '../../../../shared/model/history.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { beginningOf, snippetOf } from '../../history/snippet.js'
import { fold } from '../../tasks/search-text.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { type HistoryPlan, type KindPlan, timesOf } from './history-plan.js'
import {
  ALL_AT_ONCE,
  compareNamed,
  type HistoryStep,
  nameAll,
  nameByIndex,
  newAllowance,
  type PlacedEntry,
} from './history-step.js'
import { searchedTexts } from './search-index.js'

/** What is shown of a description and an error. */
const SHOWN = 300
/** What reading a task costs besides its texts, in characters. */
const COST_OF_TASK = 300

interface Row {
  readonly ordinal: number
  readonly id: string
  readonly type: string
  readonly state: string
  readonly description: string
  readonly agent: string
  readonly workspace: string
  readonly conversation: string | null
  readonly created: number
  readonly started: number | null
  readonly completed: number | null
  readonly duration: number
  readonly tokens: number
  readonly cost: number
  readonly unpriced: number
  readonly errorCode: string | null
  readonly error: string | null
}

const COLUMNS = `tasks.ordinal, id, type, state, description, agent_type AS agent, workspace,
  conversation_id AS conversation, created_at_ms AS created, started_at_ms AS started,
  completed_at_ms AS completed, running_ms AS duration, tokens_used AS tokens, cost_micro_usd AS cost,
  unpriced_tokens AS unpriced, error_code AS errorCode, error_message AS error`

/** Every column that can be asked for, with its index, which ends with the ordinal; the narrowest first. */
const FILTERS = [
  { key: 'conversationId', column: 'conversation_id', index: 'tasks_by_conversation' },
  { key: 'agent', column: 'agent_type', index: 'tasks_by_agent' },
  { key: 'type', column: 'type', index: 'tasks_by_type' },
  { key: 'state', column: 'state', index: 'tasks_by_state' },
  { key: 'workspace', column: 'workspace', index: 'tasks_by_workspace' },
] as const

function askedOf(filter: HistoryFilter) {
  return FILTERS.filter(({ key }) => filter[key] !== undefined)
}

function conditionsOf(filter: HistoryFilter): string {
  const columns = askedOf(filter).map(({ key, column }) => `tasks.${column} = @${key}`)
  return ['created_at_ms >= @from', 'created_at_ms < @to', ...columns].join(' AND ')
}

function valuesOf(filter: HistoryFilter) {
  const asked = askedOf(filter).map(({ key }) => [key, filter[key]] as const)
  return { ...timesOf(filter), ...Object.fromEntries(asked) }
}

/** The next tasks that fit, the newest first, below an ordinal. */
export function stepTasks(
  db: ReadDb,
  plan: HistoryPlan,
  own: KindPlan,
  before: number,
  limit: number,
): HistoryStep {
  const { filter, needle } = plan
  const bounded = Math.min(before, own.end)
  if (needle === '') return listTasks(db, filter, own, bounded, limit)
  const named =
    own.match === null
      ? nameAll(ordinalsOf(db, filter, own, bounded))
      : nameByIndex(db, 'task_search', own, bounded)
  // What the index cannot answer is part of the id or the description.
  const result = own.match === null ? 'NULL AS result' : 'result'
  const read = statement(
    db,
    `SELECT ${COLUMNS}, ${result} FROM tasks WHERE ordinal = @ordinal AND ${conditionsOf(filter)}`,
  )
  const values = valuesOf(filter)
  const allowance = newAllowance()
  return compareNamed(named, limit, allowance, (ordinal) => {
    const row = read.get({ ...values, ordinal }) as (Row & { result: string | null }) | undefined
    allowance.characters -= COST_OF_TASK
    if (row === undefined) return null
    const places =
      own.match === null
        ? [{ in: 'description', text: row.description } as const]
        : searchedTexts(db, row)
    const texts = [...places, { in: 'id', text: row.id } as const]
    allowance.characters -= texts.reduce((sum, { text }) => sum + text.length, 0)
    return firstFound(row, texts, needle)
  })
}

/** Tasks by their ids, in that order; null of one that is not there or cannot be read. */
export function selectHistoryTasks(db: ReadDb, ids: readonly string[]): (PlacedEntry | null)[] {
  const read = statement(db, `SELECT ${COLUMNS} FROM tasks WHERE id = ?`)
  return ids.map((id) => {
    const row = read.get(id) as Row | undefined
    const entry = row === undefined ? null : entryOf(row, null)
    return row === undefined || entry === null ? null : { ordinal: row.ordinal, entry }
  })
}

function listTasks(
  db: ReadDb,
  filter: HistoryFilter,
  own: KindPlan,
  before: number,
  limit: number,
): HistoryStep {
  const rows = statement(
    db,
    `SELECT ${COLUMNS} FROM tasks ${indexFor(filter)}
     WHERE ordinal < @before AND ordinal >= @floor AND ${conditionsOf(filter)}
     ORDER BY ordinal DESC LIMIT @limit`,
  ).all({ ...valuesOf(filter), before, floor: own.floor, limit }) as Row[]
  const found = rows.flatMap((row) => placed(row, entryOf(row, null)))
  return { found, searchedTo: rows.length === limit ? (rows.at(-1)?.ordinal ?? 0) : 0 }
}

function ordinalsOf(db: ReadDb, filter: HistoryFilter, own: KindPlan, before: number): number[] {
  return statement(
    db,
    `SELECT tasks.ordinal FROM tasks ${indexFor(filter)}
     WHERE ordinal < @before AND ordinal >= @floor AND ${conditionsOf(filter)}
     ORDER BY ordinal DESC LIMIT @count`,
  )
    .pluck()
    .all({ ...valuesOf(filter), before, floor: own.floor, count: ALL_AT_ONCE }) as number[]
}

function indexFor(filter: HistoryFilter): string {
  const [first] = askedOf(filter)
  return first === undefined ? '' : `INDEXED BY ${first.index}`
}

type Text = { readonly in: NonNullable<HistoryTask['found']>['in']; readonly text: string }

function firstFound(row: Row, texts: readonly Text[], needle: string): HistoryTask | null {
  const hit = texts.find(({ text }) => fold(text).includes(needle))
  const snippet = hit === undefined ? null : snippetOf(hit.text, needle)
  return hit === undefined || snippet === null ? null : entryOf(row, { in: hit.in, snippet })
}

function placed(row: Row, entry: HistoryTask | null) {
  return entry === null ? [] : [{ ordinal: row.ordinal, entry }]
}

/** Null of a row that was damaged: it is left out here, and set aside by who reads it in full. */
function entryOf(row: Row, found: HistoryTask['found']): HistoryTask | null {
  const parsed = HistoryTaskSchema.shape.taskId.safeParse(row.id)
  const kind = HistoryTaskSchema.shape.type.safeParse(row.type)
  const state = HistoryTaskSchema.shape.state.safeParse(row.state)
  if (!parsed.success || !kind.success || !state.success) return null
  const conversation = HistoryTaskSchema.shape.conversationId.safeParse(row.conversation)
  return {
    kind: 'task',
    taskId: parsed.data as TaskId,
    type: kind.data,
    state: state.data,
    description: beginningOf(row.description, SHOWN),
    agentType: row.agent,
    workspace: row.workspace,
    conversationId: conversation.success ? conversation.data : null,
    createdAt: row.created,
    startedAt: row.started,
    completedAt: row.completed,
    durationMs: row.duration,
    tokens: row.tokens,
    costUsd: row.unpriced > 0 ? null : row.cost / 1e6,
    error:
      row.errorCode === null
        ? null
        : { code: row.errorCode, message: beginningOf(row.error ?? row.errorCode, SHOWN) },
    found,
  }
}
