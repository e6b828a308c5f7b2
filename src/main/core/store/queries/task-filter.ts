import type { ScheduleId, TaskId } from '../../../../shared/model/ids.js'
import type { TaskState, TaskType } from '../../../../shared/model/task.js'

export interface TaskFilter {
  readonly state?: TaskState | undefined
  readonly type?: TaskType | undefined
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
  { key: 'parentId', column: 'parent_id', index: 'tasks_by_parent' },
  { key: 'scheduleId', column: 'schedule_id', index: 'tasks_by_schedule' },
] as const

/** The columns that are asked for: for each the condition, and the index that answers it. */
export function columnsOf(
  filter: TaskFilter,
): { readonly condition: string; readonly index: string }[] {
  return COLUMNS.filter(({ key }) => filter[key] !== undefined).map(({ key, column, index }) => ({
    condition: `tasks.${column} = @${key}`,
    index,
  }))
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
    state: filter.state ?? null,
    type: filter.type ?? null,
    parentId: filter.parentId ?? null,
    scheduleId: filter.scheduleId ?? null,
  }
}
