import type { ScheduleId, TaskId } from '../../../../shared/model/ids.js'
import type { TaskState, TaskType } from '../../../../shared/model/task.js'

/** One value, or several of which each is wanted. */
export type OneOrMore<T> = T | readonly T[]

export interface TaskFilter {
  readonly state?: OneOrMore<TaskState> | undefined
  readonly type?: OneOrMore<TaskType> | undefined
  readonly agentType?: OneOrMore<string> | undefined
  readonly workspace?: OneOrMore<string> | undefined
  readonly parentId?: TaskId | undefined
  readonly scheduleId?: ScheduleId | undefined
  /** Only tasks submitted before this one. */
  readonly beforeOrdinal?: number | undefined
  readonly limit: number
}

/** Every column that can be asked for, with its index, which ends with the ordinal. */
const COLUMNS = [
  { key: 'state', column: 'state', index: 'tasks_by_state' },
  { key: 'type', column: 'type', index: 'tasks_by_type' },
  { key: 'agentType', column: 'agent_type', index: 'tasks_by_agent' },
  { key: 'workspace', column: 'workspace', index: 'tasks_by_workspace' },
  { key: 'parentId', column: 'parent_id', index: 'tasks_by_parent' },
  { key: 'scheduleId', column: 'schedule_id', index: 'tasks_by_schedule' },
] as const

export type WantedColumns = Pick<TaskFilter, (typeof COLUMNS)[number]['key']>

/** The columns that are asked for: for each the condition, and the index that answers it. */
export function columnsOf(
  filter: WantedColumns,
): { readonly condition: string; readonly index: string }[] {
  return COLUMNS.filter(({ key }) => filter[key] !== undefined).map(({ key, column, index }) => {
    // Of one value the index names the tasks in order; of several SQLite has to sort them.
    const wanted = Array.isArray(filter[key])
      ? `IN (SELECT value FROM json_each(@${key}))`
      : `= @${key}`
    return { condition: `tasks.${column} ${wanted}`, index }
  })
}

/** What a task must fulfil, save the query. */
export function conditionsOf(filter: TaskFilter): string {
  const columns = columnsOf(filter).map(({ condition }) => condition)
  return ['tasks.ordinal < @beforeOrdinal', ...columns].join(' AND ')
}

/** The same of an ordinal from elsewhere, answered by the indexes alone: reading a task costs far more. */
export function conditionsOn(ordinal: string, filter: TaskFilter): string {
  const columns = columnsOf(filter).map(
    ({ condition, index }) =>
      `EXISTS (SELECT 1 FROM tasks INDEXED BY ${index} WHERE ${condition} AND tasks.ordinal = ${ordinal})`,
  )
  return [`${ordinal} < @beforeOrdinal`, ...columns].join(' AND ')
}

export function valuesOf(filter: TaskFilter) {
  return {
    beforeOrdinal: filter.beforeOrdinal ?? Number.MAX_SAFE_INTEGER,
    ...columnValuesOf(filter),
  }
}

export function columnValuesOf(filter: WantedColumns) {
  return Object.fromEntries(COLUMNS.map(({ key }) => [key, boundOf(filter[key])]))
}

function boundOf(wanted: OneOrMore<string> | undefined): string | null {
  if (wanted === undefined) return null
  return typeof wanted === 'string' ? wanted : JSON.stringify(wanted)
}
