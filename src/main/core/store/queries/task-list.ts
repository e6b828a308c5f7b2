import { type TaskState, TERMINAL_STATES } from '../../../../shared/model/task.js'
import type { TaskOrder } from '../../../../shared/model/task-order.js'
import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'
import { columnsOf, columnValuesOf, type WantedColumns } from './task-filter.js'

export interface ListRequest {
  readonly filter: WantedColumns
  readonly order: TaskOrder
  readonly descending: boolean
  /** The last task of the page before. */
  readonly after: ListPlace | null
  readonly limit: number
  /** Until when tasks that run have run, of a first page. */
  readonly nowMs: number
  /** Whether to count all that fit. */
  readonly total: boolean
}

/** Where a task stands in a list. */
export interface ListPlace {
  readonly part: number
  readonly key: number | string
  readonly ordinal: number
  /** By how long tasks have run: `nowMs` of the first page, or one that runs on would change its place between pages. */
  readonly nowMs?: number
}

export interface ListedTasks {
  readonly ordinals: number[]
  /** Null when these were the last. */
  readonly next: ListPlace | null
  readonly total: number | null
}

/** Tasks of one list that are sorted by the same. */
interface Part {
  /** All without it. */
  readonly states?: readonly TaskState[]
  readonly key: string
  readonly descending: boolean
  /** Among those with an equal key. */
  readonly newestFirst: boolean
}

/** Names of the same first letters stand together; these are as in the index. */
const NAME = 'lower(substr(description, 1, 60))'
const COST = 'CASE WHEN unpriced_tokens > 0 THEN 0 ELSE cost_micro_usd END'
/** As `ranMs` has it at `nowMs`, when what has ended since still ran: the work of a lead is that of its workers too. */
const RAN = `CASE
  WHEN state = 'pending' OR started_at_ms IS NULL THEN 0
  WHEN completed_at_ms IS NULL OR completed_at_ms > @nowMs THEN max(0, @nowMs - started_at_ms)
  WHEN type = 'orchestration' THEN max(0, completed_at_ms - started_at_ms)
  ELSE running_ms END`

const KEYS: Readonly<Record<Exclude<TaskOrder, 'state'>, string>> = {
  created: 'ordinal',
  task: NAME,
  priority: 'priority',
  duration: RAN,
  cost: COST,
}

function partsOf(order: TaskOrder, descending: boolean): readonly Part[] {
  if (order !== 'state') return [{ key: KEYS[order], descending, newestFirst: true }]
  const parts: readonly Part[] = [
    { states: ['running'], key: 'ordinal', descending: true, newestFirst: true },
    { states: ['pending'], key: 'rank', descending, newestFirst: descending },
    {
      states: TERMINAL_STATES,
      key: 'coalesce(completed_at_ms, 0)',
      descending: !descending,
      newestFirst: true,
    },
  ]
  return descending ? parts.toReversed() : parts
}

/**
 * One page of the tasks that fit, in any order; of equal ones the newest first. One look goes through everything in the
 * index of lists that the states leave: 100,000 tasks take 10 to 40 ms, so this is for the thread of long reads.
 */
export function listTasks(db: ReadDb, request: ListRequest): ListedTasks {
  const { order, descending, after, limit, total } = request
  const places: ListPlace[] = []
  for (const [index, part] of partsOf(order, descending).entries()) {
    if (after !== null && index < after.part) continue
    const from = after?.part === index ? after : null
    // One more than is wanted tells whether others follow.
    const missing = limit + 1 - places.length
    if (missing > 0) places.push(...placesIn(db, request, { part, index }, from, missing))
  }
  const page = places.slice(0, limit)
  return {
    ordinals: page.map(({ ordinal }) => ordinal),
    next: places.length > limit ? (page.at(-1) ?? null) : null,
    total: total ? countTasks(db, request.filter) : null,
  }
}

function placesIn(
  db: ReadDb,
  { filter, order, ...request }: ListRequest,
  { part, index }: { readonly part: Part; readonly index: number },
  after: ListPlace | null,
  limit: number,
): ListPlace[] {
  const { key, descending, newestFirst } = part
  const nowMs = request.after?.nowMs ?? request.nowMs
  const asOf = order === 'duration' ? { nowMs } : {}
  const wanted = within(filter, part.states)
  if (wanted === null) return []
  const conditions = columnsOf(wanted).map(({ condition }) => condition)
  if (after !== null) {
    const further = descending ? '<' : '>'
    const later = newestFirst ? '<' : '>'
    conditions.push(
      `(${key} ${further} @afterKey OR (${key} = @afterKey AND ordinal ${later} @afterOrdinal))`,
    )
  }
  const rows = statement(
    db,
    `SELECT ordinal, ${key} AS key FROM tasks INDEXED BY ${indexFor(filter)} ${where(conditions)}
     ORDER BY ${key} ${descending ? 'DESC' : 'ASC'}, ordinal ${newestFirst ? 'DESC' : 'ASC'} LIMIT @limit`,
  ).all({
    ...columnValuesOf(wanted),
    afterKey: after?.key,
    afterOrdinal: after?.ordinal,
    nowMs,
    limit,
  }) as { readonly ordinal: number; readonly key: number | string }[]
  return rows.map((row) => ({ part: index, ...row, ...asOf }))
}

function countTasks(db: ReadDb, filter: WantedColumns): number {
  const conditions = columnsOf(filter).map(({ condition }) => condition)
  return statement(
    db,
    `SELECT count(*) FROM tasks INDEXED BY ${indexFor(filter)} ${where(conditions)}`,
  )
    .pluck()
    .get(columnValuesOf(filter)) as number
}

/** The filter, of these states alone; null where it lets none of them through. */
function within(
  filter: WantedColumns,
  states: readonly TaskState[] | undefined,
): WantedColumns | null {
  if (states === undefined) return filter
  const asked = filter.state === undefined ? states : [filter.state].flat()
  const both = states.filter((state) => asked.includes(state))
  return both.length === 0 ? null : { ...filter, state: both }
}

/** Tasks of one parent or of one schedule are few, and that is not part of the index of lists. */
function indexFor({ parentId, scheduleId }: WantedColumns): string {
  if (parentId !== undefined) return 'tasks_by_parent'
  return scheduleId !== undefined ? 'tasks_by_schedule' : 'tasks_listed'
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
}

/** What tasks can be filtered by, of everything that there is. */
export interface TaskNames {
  readonly agentTypes: string[]
  readonly workspaces: string[]
}

/** A menu with more is of no use. */
const MOST_NAMES = 200

/** In alphabetical order, from one name in the index to the next. */
export function selectTaskNames(db: ReadDb): TaskNames {
  return { agentTypes: distinct(db, 'agent_type'), workspaces: distinct(db, 'workspace') }
}

function distinct(db: ReadDb, column: 'agent_type' | 'workspace'): string[] {
  return statement(
    db,
    `WITH RECURSIVE names (name) AS (
       SELECT min(${column}) FROM tasks
       UNION ALL
       SELECT (SELECT min(${column}) FROM tasks WHERE ${column} > name) FROM names WHERE name IS NOT NULL
     ) SELECT name FROM names WHERE name IS NOT NULL LIMIT ${MOST_NAMES}`,
  )
    .pluck()
    .all() as string[]
}
