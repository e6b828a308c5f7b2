import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { useActivity } from '../../stores/activity.js'
import { useConnection } from '../../stores/connection.js'
import { useTasks, withTasks } from '../../stores/tasks.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { useNow } from '../../ui/time.js'
import { usePaced } from '../../ui/use-paced.js'
import { askedOf } from './task-filter.js'
import {
  type ListQuestion,
  shownTasks,
  type ToldTasks,
  toldAnew,
  toldBy,
  toldFurther,
} from './told-tasks.js'

const PAGE = 200
/** A search waits until typing has paused. */
const SETTLE_MS = 250
/** Between two looks at the first page while tasks come, begin, wait and end: some may not be known here. */
const PACE_MS = 2_000

export interface Listing {
  /** In no order. */
  readonly tasks: readonly TaskView[]
  /** How many fit of all that there are; null while that is not known. */
  readonly total: number | null
  /** Whether others follow. */
  readonly hasMore: boolean
  /** Whether the host has yet to answer: until then only what is loaded is shown. */
  readonly asking: boolean
  readonly error: string | null
  readonly showMore: () => void
}

/** The tasks that fit, of all that the host has, from the first on. It is asked again as tasks change. */
export function useListing(wanted: ListQuestion): Listing {
  const host = useHost()
  const byId = useTasks((state) => state.byId)
  const ready = useConnection((state) => state.phase.name === 'ready')
  // Typing goes first: the list follows when there is time for it. As text, since an object is a new one at every render.
  const asked = useDeferredValue(JSON.stringify(wanted))
  const question = useMemo((): ListQuestion => JSON.parse(asked), [asked])
  const isSearch = question.filter.text.trim() !== ''
  const changes = usePaced(
    useActivity((state) => state.changes),
    PACE_MS,
  )
  const [told, setTold] = useState<ToldTasks | null>(null)
  const [failure, setFailure] = useState<{ asked: string; reason: string } | null>(null)
  /** The question of which a further page is being read. */
  const [readingOn, setReadingOn] = useState<string | null>(null)
  const answeredTo = useRef<string | null>(null)
  // A search is not made again: events tell of what it found, and new tasks show by themselves whether they fit.
  const stand = isSearch ? 0 : changes
  const isReadingOn = readingOn === asked
  // A first page that came in between could end elsewhere, and the further one would not follow on it.
  const isPaused = isReadingOn && !isSearch
  useEffect(() => {
    if (!ready) {
      // All is asked anew after a break: events may have been missed.
      answeredTo.current = null
      return
    }
    if (isPaused) return
    void stand
    const isKnown = answeredTo.current === asked
    const given = new AbortController()
    const look = async () => {
      const page = await readPage(host, question, null, given.signal)
      if (given.signal.aborted) return
      answeredTo.current = asked
      setFailure(null)
      setTold((before) =>
        isKnown && before?.asked === asked ? toldAnew(before, page) : toldBy(asked, page),
      )
    }
    const onFailure = (error: unknown) => {
      if (!given.signal.aborted) setFailure({ asked, reason: messageOf(error) })
    }
    const timer = setTimeout(() => void look().catch(onFailure), isSearch ? SETTLE_MS : 0)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [host, ready, asked, question, isSearch, stand, isPaused])
  const answered = told?.asked === asked ? told : null
  const cursor = answered?.cursor ?? null
  const showMore = useCallback(() => {
    if (cursor === null || isReadingOn) return
    setReadingOn(asked)
    readPage(host, question, cursor)
      .then(
        (page) =>
          setTold((before) =>
            before?.asked === asked && before.cursor === cursor
              ? toldFurther(before, page)
              : before,
          ),
        failed(currentText().monitor.moreFailed),
      )
      .finally(() => setReadingOn((current) => (current === asked ? null : current)))
  }, [host, asked, question, cursor, isReadingOn])
  const error = failure?.asked === asked ? failure.reason : null
  const now = useNow(question.sort.key === 'duration')
  const tasks = useMemo(
    () => shownTasks(byId, question, answered, now),
    [byId, question, answered, now],
  )
  return {
    tasks,
    total: answered === null ? null : totalOf(answered, tasks.length),
    hasMore: cursor !== null,
    asking: answered === null && error === null,
    error,
    showMore,
  }
}

/** Events add tasks before they are counted again. */
function totalOf({ cursor, total }: ToldTasks, shown: number): number | null {
  if (cursor === null) return shown
  return total === null ? null : Math.max(total, shown)
}

async function readPage(
  host: Host,
  { filter, sort }: ListQuestion,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ResultOf<'task.list'>> {
  const query = filter.text.trim()
  const params = {
    ...askedOf(filter),
    ...(query === ''
      ? { order: sort.key, descending: sort.descending, total: true }
      : { query: query.slice(0, 500) }),
    ...(cursor === null ? {} : { cursor }),
    limit: PAGE,
  }
  const page = await host.call('task.list', params, signal === undefined ? {} : { signal })
  useTasks.setState((state) => withTasks(state, page))
  return page
}
