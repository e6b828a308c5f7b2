import { useEffect, useMemo, useState } from 'react'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import type { PaletteItem } from './rank.js'
import { taskItem, workflowItems } from './sources.js'

/** Nobody is asked about each letter of a word. */
const PAUSE_MS = 120
const MOST_FOUND = 8

export interface HostItems {
  readonly items: readonly PaletteItem[]
  readonly isLooking: boolean
  readonly failed: boolean
}

interface Found {
  readonly query: string
  readonly items: readonly PaletteItem[]
  readonly failed: boolean
}

const NOTHING: Found = { query: '', items: [], failed: false }

/** What only the host knows: workflows, and tasks by any of their words. Another query ends the search before it. */
export function useHostItems(query: string): HostItems {
  const host = useHost()
  const text = useText()
  const [workflows, setWorkflows] = useState<readonly PaletteItem[]>([])
  const [found, setFound] = useState(NOTHING)
  const sought = query.trim()
  useEffect(() => {
    const given = new AbortController()
    host.call('workflow.list', {}, { signal: given.signal }).then(
      (listed) => setWorkflows(workflowItems(listed, text)),
      (error: unknown) => {
        if (!given.signal.aborted) console.warn(`workflows were not read: ${messageOf(error)}`)
      },
    )
    return () => given.abort()
  }, [host, text])
  useEffect(() => {
    if (sought.length < 2) return
    const given = new AbortController()
    const timer = setTimeout(() => {
      host.call('task.list', { query: sought, limit: MOST_FOUND }, { signal: given.signal }).then(
        ({ tasks }) => {
          const items = tasks.map((task) => ({ ...taskItem(task), isFound: true }))
          setFound({ query: sought, items, failed: false })
        },
        () => {
          if (!given.signal.aborted) setFound({ query: sought, items: [], failed: true })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [host, sought])
  const isSearch = sought.length >= 2
  const isAnswered = isSearch && found.query === sought
  // What was found for other words would stand there as if it fitted these.
  const tasks = isAnswered ? found.items : NOTHING.items
  const items = useMemo(() => [...workflows, ...tasks], [workflows, tasks])
  return {
    items,
    isLooking: isSearch && !isAnswered,
    failed: isAnswered && found.failed,
  }
}
