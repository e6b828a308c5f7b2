import { useCallback, useEffect, useRef } from 'react'
import type { HistoryFilter } from '../../../../shared/model/history.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { filterOf, type HistoryQuestion, useHistory, withPage } from '../../stores/history.js'

/** The first page is small, so that it is there at once. */
const FIRST_PAGE = 60
const FURTHER_PAGE = 400

/** Searches whenever something else is asked for, and again when the connection is back. */
export function useHistorySearch(): { readonly more: () => void; readonly again: () => void } {
  const host = useHost()
  const question = useHistory((state) => state.question)
  const ready = useConnection((state) => state.phase.name === 'ready')
  const given = useRef<AbortController | null>(null)
  // Without a pause for further letters: a search that is not wanted any more is given up by the host as well.
  const run = useCallback(
    (asked: HistoryQuestion) => {
      given.current?.abort()
      const own = new AbortController()
      given.current = own
      void search(host, asked, own.signal)
    },
    [host],
  )
  useEffect(() => {
    if (ready) run(question)
  }, [run, ready, question])
  useEffect(() => () => given.current?.abort(), [])
  const more = useCallback(() => {
    const { cursor, searching } = useHistory.getState()
    if (cursor === null || searching || given.current === null) return
    void searchMore(host, cursor, given.current.signal)
  }, [host])
  const again = useCallback(() => run(useHistory.getState().question), [run])
  return { more, again }
}

function search(host: Host, asked: HistoryQuestion, signal: AbortSignal): Promise<void> {
  const filter = filterOf(asked, Date.now())
  return read(host, { filter, limit: FIRST_PAGE, cursor: null }, signal)
}

function searchMore(host: Host, cursor: string, signal: AbortSignal): Promise<void> {
  const filter = filterOf(useHistory.getState().question, Date.now())
  return read(host, { filter, limit: FURTHER_PAGE, cursor }, signal)
}

interface Wanted {
  readonly filter: HistoryFilter
  readonly limit: number
  /** Null: from the newest on, in place of what is shown. */
  readonly cursor: string | null
}

/** Asks until so many are there, or no more: an answer holds what was found within its time, which may be nothing. */
async function read(
  host: Host,
  { filter, limit, cursor }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  useHistory.setState({ searching: true })
  let next = cursor
  let left = limit
  let begins = cursor === null
  try {
    do {
      const wanted = { ...filter, limit: left, ...(next === null ? {} : { cursor: next }) }
      const page = await host.call('history.search', wanted, { signal })
      if (signal.aborted) return
      next = page.nextCursor
      left -= page.entries.length
      const searching = next !== null && left > 0
      if (searching && page.entries.length === 0) continue
      const isFirst = begins
      begins = false
      useHistory.setState((state) => ({
        ...withPage(isFirst ? { entries: null } : state, page),
        ...{ error: null, searching, round: isFirst ? state.round + 1 : state.round },
      }))
    } while (next !== null && left > 0)
  } catch (error) {
    if (!signal.aborted) useHistory.setState({ error: messageOf(error), searching: false })
  }
}
