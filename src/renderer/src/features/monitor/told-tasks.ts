import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { inOrder, type Sort } from '../../../../shared/model/task-order.js'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import type { TaskFilter } from '../../stores/monitor.js'
import { filteredTasks, type TasksState } from '../../stores/tasks.js'
import { fits } from './task-filter.js'

/** Which tasks a view wants to know of all that there are. */
export interface ListQuestion {
  readonly filter: TaskFilter
  readonly sort: Sort
}

/** What the host has answered to one question so far: a beginning of its list, or all of it. */
export interface ToldTasks {
  /** The question, as text. */
  readonly asked: string
  readonly pages: number
  readonly ids: ReadonlySet<TaskId>
  /** The last one of what was told, as it was then; null when nothing follows. */
  readonly last: TaskView | null
  readonly cursor: string | null
  /** How many fit; null where the host does not count, which is with a text. */
  readonly total: number | null
}

type Page = ResultOf<'task.list'>

export function toldBy(asked: string, page: Page): ToldTasks {
  return { ...endOf(page), asked, pages: 1, ids: idsOf(page), total: page.total ?? null }
}

/** The first page once more: what it told of later pages stays, since events keep those tasks as they are. */
export function toldAnew(told: ToldTasks, page: Page): ToldTasks {
  const ids = new Set([...told.ids, ...idsOf(page)])
  return { ...told, ...(told.pages === 1 && endOf(page)), ids, total: page.total ?? null }
}

export function toldFurther(told: ToldTasks, page: Page): ToldTasks {
  const ids = new Set([...told.ids, ...idsOf(page)])
  const pages = told.pages + 1
  return { ...told, ...endOf(page), pages, ids, total: page.total ?? told.total }
}

function endOf({ tasks, nextCursor }: Page): Pick<ToldTasks, 'last' | 'cursor'> {
  return { cursor: nextCursor, last: nextCursor === null ? null : (tasks.at(-1) ?? null) }
}

function idsOf({ tasks }: Page): ReadonlySet<TaskId> {
  return new Set(tasks.map(({ id }) => id))
}

/** What is found for a text comes newest first, whatever it is sorted by afterwards. */
const NEWEST_FIRST: Sort = { key: 'created', descending: true }

/**
 * The tasks that a view may show: those that fit and stand no further down than the host has told, for of what follows
 * there only some are known. Before an answer it is what fits of those that are loaded.
 */
export function shownTasks(
  byId: TasksState['byId'],
  { filter, sort }: ListQuestion,
  told: ToldTasks | null,
  now: number,
): readonly TaskView[] {
  const query = filter.text.trim()
  const found = told === null || query === '' ? null : { query, ids: told.ids }
  const fitting = filteredTasks({ byId, found }, query).filter((task) => fits(task, filter))
  const last = told?.last ?? null
  if (last === null) return fitting
  const order = query === '' ? sort : NEWEST_FIRST
  return fitting.filter((task) => task.id === last.id || inOrder(task, last, order, now) <= 0)
}
