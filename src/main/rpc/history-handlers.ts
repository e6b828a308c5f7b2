import { AppError } from '../../shared/rpc/errors.js'
import type { Core } from '../core/index.js'
import { DEFAULT_PAGE, numberIn } from './cursor.js'
import type { Part } from './handler.js'

/** The past: searched, exported, compared. */
export function historyHandlers({ history }: Core): Part<'history'> {
  return {
    'history.search': async ({ limit = DEFAULT_PAGE, cursor, ...filter }, { signal }) => {
      const place = cursor === undefined ? null : placeIn(cursor)
      const { entries, next } = await history.search({ filter, place, limit }, signal)
      return {
        entries: entries.map(({ entry }) => entry),
        nextCursor: next === null ? null : `${next.task}-${next.message}`,
      }
    },
    'history.export': async (
      { format, taskIds, limit = DEFAULT_PAGE, cursor, ...filter },
      { signal },
    ) => {
      refuseBoth(taskIds, filter)
      const place =
        cursor === undefined
          ? null
          : taskIds === undefined
            ? placeIn(cursor)
            : { index: numberIn(cursor) }
      const wanted = { format, filter, taskIds, place, limit }
      const { text, count, next } = await history.export(wanted, signal)
      if (next === null) return { text, count, nextCursor: null }
      const nextCursor = 'index' in next ? String(next.index) : `${next.task}-${next.message}`
      return { text, count, nextCursor }
    },
    'history.compare': ({ taskIds }) => history.compare(taskIds),
    'history.saved.list': () => ({ searches: history.saved.list() }),
    'history.saved.save': (wanted) => ({ search: history.saved.save(wanted) }),
    'history.saved.delete': ({ searchId }) => {
      history.saved.delete(searchId)
      return { searchId }
    },
  }
}

function placeIn(cursor: string) {
  const [task = '', message = '', ...rest] = cursor.split('-')
  // Says what is wrong with the whole of it.
  if (rest.length > 0 || message === '') numberIn(cursor.slice(0, 50))
  return { task: numberIn(task), message: numberIn(message) }
}

function refuseBoth(taskIds: readonly string[] | undefined, filter: object): void {
  const [also] = Object.entries(filter).find(([, value]) => value !== undefined) ?? []
  if (taskIds === undefined || also === undefined) return
  throw new AppError('invalid_params', `taskIds: cannot be combined with ${also}; leave one out`)
}
