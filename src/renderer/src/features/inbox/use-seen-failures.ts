import { useEffect } from 'react'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useInbox } from '../../stores/inbox.js'
import { useView } from '../../stores/view.js'

/** Whoever looks at the details of a failed task has seen that it failed; nobody looks at a hidden window. */
export function useSeenFailures(): void {
  const host = useHost()
  const shown = useView(({ taskId, area }) => (area === 'chat' || area === 'tasks' ? taskId : null))
  const itemId = `failure:${shown}`
  const waits = useInbox(
    ({ items }) => shown !== null && items?.some(({ id }) => id === itemId) === true,
  )
  useEffect(() => {
    if (!waits) return
    const see = () => {
      if (document.hidden) return
      host.call('inbox.dismiss', { itemIds: [itemId] }).catch((error: unknown) => {
        // It stays in the inbox, where it can be dismissed.
        console.warn(`a failure was not marked as seen: ${messageOf(error)}`)
      })
    }
    see()
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [host, itemId, waits])
}
