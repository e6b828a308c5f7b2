import { useMemo } from 'react'
import type { InboxItem } from '../../../../shared/model/inbox.js'
import { useInbox } from '../../stores/inbox.js'
import { usePendingQuestions } from '../questions/pending.js'

/**
 * What the inbox shows: what the host lists, and questions that were settled elsewhere while an answer was being
 * typed here, which stay in sight so that nothing typed is lost.
 */
export function useInboxItems(): readonly InboxItem[] | null {
  const items = useInbox((state) => state.items)
  const pending = usePendingQuestions({})
  return useMemo(() => {
    if (items === null) return null
    const missed = pending
      .filter(({ state }) => state !== 'open')
      .map((blocker): InboxItem => {
        const { id, taskId, question, createdAt } = blocker
        const known = { id: `question:${id}`, since: createdAt, title: question, taskId }
        return { kind: 'question', ...known, actions: ['open'], blocker }
      })
    const shown = new Set(missed.map(({ id }) => id))
    return [...missed, ...items.filter(({ id }) => !shown.has(id))]
  }, [items, pending])
}
