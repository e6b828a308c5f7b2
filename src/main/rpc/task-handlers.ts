import type { TaskOrder } from '../../shared/model/task-order.js'
import { AppError } from '../../shared/rpc/errors.js'
import type { Core } from '../core/index.js'
import { DEFAULT_PAGE, numberIn, strangeCursor } from './cursor.js'
import type { CallContext, Handlers, Part } from './handler.js'

const DEFAULT_TIMELINE = 200

type ListParams = Parameters<Handlers['task.list']>[0]

export function taskHandlers(core: Core): Part<'task'> {
  const { queue, settings, events, evidence, history, listing, changeTasks } = core
  return {
    'task.submit': async (params) => {
      const taskId = await queue.submit(params)
      const comesLater = params.cron !== undefined || params.runAt !== undefined
      return settings.asyncTasks || comesLater ? { taskId } : { taskId, mustWait: true }
    },
    'task.status': ({ taskId }) => queue.getStatus(taskId),
    'task.result': ({ taskId, waitMs = 0 }, { signal }) =>
      queue.waitForResult(taskId, waitMs, signal),
    'task.get': ({ taskId }) => queue.get(taskId),
    'task.list': (params, context) =>
      isPlain(params) ? listByAge(core, params, context) : listInOrder(core, params, context),
    'task.cancel': async ({ taskId }) => ({ taskId, state: await queue.cancel(taskId) }),
    'task.rerun': async ({ taskId }) => ({ taskId: await history.rerun(taskId) }),
    'task.retry': ({ taskId }) => ({ taskId, state: queue.retry(taskId) }),
    'task.runNow': ({ taskId }) => ({ taskId, state: queue.runNow(taskId) }),
    'task.setPriority': ({ taskId, priority }) => {
      queue.setPriority(taskId, priority)
      return { taskId, priority }
    },
    'task.changeMany': async ({ taskIds, ...change }) => ({
      results: await changeTasks(taskIds, change),
    }),
    'task.attempts': ({ taskId }) => ({ attempts: queue.traces.attempts(taskId) }),
    'task.log': ({ taskId, sinceOffset = 0, tail }) =>
      tail === undefined
        ? queue.traces.log(taskId, sinceOffset)
        : queue.traces.logEnd(taskId, tail),
    'task.logSearch': ({ taskId, query, sinceOffset = 0, limit = DEFAULT_PAGE }, { signal }) =>
      queue.traces.searchLog({ taskId, query, sinceOffset, limit }, signal),
    'task.timeline': async ({ since, limit = DEFAULT_TIMELINE, ...filter }, { signal }) => ({
      entries: await listing.timeline({ filter, sinceMs: since, limit }, signal),
    }),
    'task.resources': ({ taskId }) => ({ traces: queue.traces.resources(taskId) }),
    'task.message': ({ taskId, text }) => ({
      delivered: true,
      message: queue.message(taskId, text),
    }),
    'task.messages': ({ taskId }) => ({ messages: queue.messages(taskId), seq: events.lastSeq() }),
    'task.evidence': ({ taskId }) => ({ ...evidence(taskId), seq: events.lastSeq() }),
  }
}

/** What an index answers by itself, in no time. */
function isPlain({ query, order, descending, total, names, ...wanted }: ListParams): boolean {
  if (query !== undefined) return true
  const { state, type, agentType, workspace } = wanted
  const several = [state, type, agentType, workspace].some((one) => Array.isArray(one))
  if (order !== undefined || descending !== undefined) return false
  return total !== true && names !== true && !several
}

/** Newest first. */
async function listByAge(
  { queue }: Core,
  { query, limit = DEFAULT_PAGE, cursor, ...wanted }: ListParams,
  { signal }: CallContext,
) {
  if (query !== undefined) refuseBesideQuery(wanted)
  const {
    order: _order,
    descending: _descending,
    total: _total,
    names: _names,
    ...columns
  } = wanted
  const beforeOrdinal = cursor === undefined ? undefined : numberIn(cursor)
  const filter = { ...columns, limit, beforeOrdinal }
  const page = query === undefined ? queue.list(filter) : await queue.search(filter, query, signal)
  const { tasks, nextOrdinal, seq } = page
  return { tasks, nextCursor: nextOrdinal === null ? null : String(nextOrdinal), seq }
}

async function listInOrder(
  { listing }: Core,
  { limit = DEFAULT_PAGE, cursor, total, names, ...wanted }: ListParams,
  { signal }: CallContext,
) {
  const { order = 'created', descending = wanted.order === undefined, ...filter } = wanted
  const request = {
    filter,
    order,
    descending,
    after: cursor === undefined ? null : placeIn(cursor, order),
    limit,
    total: total ?? false,
  }
  const page = await listing.list(request, signal)
  return {
    tasks: page.tasks,
    nextCursor: page.next === null ? null : cursorOf(page.next, order),
    seq: page.seq,
    ...(page.total === null ? {} : { total: page.total }),
    ...(names === true && { names: await listing.names() }),
  }
}

type Place = NonNullable<Parameters<Core['listing']['list']>[0]['after']>

/** By age it is the number that the index needs, so that a list may go on either way. */
function cursorOf({ part, key, ordinal, nowMs }: Place, order: TaskOrder): string {
  if (order === 'created') return String(ordinal)
  return Buffer.from(JSON.stringify([part, key, ordinal, nowMs])).toString('base64url')
}

function placeIn(cursor: string, order: TaskOrder): Place {
  if (order === 'created') {
    const ordinal = numberIn(cursor)
    return { part: 0, key: ordinal, ordinal }
  }
  try {
    const [part, key, ordinal, nowMs] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    ) as unknown[]
    const isKey = typeof key === 'number' || typeof key === 'string'
    if (typeof part === 'number' && isKey && typeof ordinal === 'number') {
      return { part, key, ordinal, ...(typeof nowMs === 'number' && { nowMs }) }
    }
  } catch (error) {
    throw strangeCursor(cursor, error)
  }
  throw strangeCursor(cursor)
}

function refuseBesideQuery({ order, descending, total, names }: ListParams): void {
  const given = {
    order: order !== undefined,
    descending: descending !== undefined,
    total: total === true,
    names: names === true,
  }
  const [refused] = Object.entries(given).find(([, isGiven]) => isGiven) ?? []
  if (refused === undefined) return
  throw new AppError(
    'invalid_params',
    `${refused}: cannot be combined with query, which finds the newest first and counts nothing; leave one out`,
  )
}
