import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { Message } from './message.js'

/** This close to the end, in px, counts as being there. */
const AT_END = 32
const NEAR_START = 600

/** Stays with the newest text until the reader scrolls up; older messages come as they are reached. */
export function MessageList({ conversationId }: { readonly conversationId: ConversationId }) {
  const order = useMessages((state) => (state.threads[conversationId] ?? NO_THREAD).order)
  const list = useRef<VListHandle>(null)
  const following = useRef(true)
  const [away, setAway] = useState(false)
  const older = useOlderMessages(conversationId)

  const toEnd = () => list.current?.scrollToIndex(order.length - 1, { align: 'end' })
  const jump = () => {
    following.current = true
    setAway(false)
    toEnd()
  }

  useFollowNew(conversationId, following, jump)
  useLayoutEffect(() => {
    if (following.current) list.current?.scrollToIndex(order.length - 1, { align: 'end' })
  }, [order.length])

  const scrolled = (offset: number) => {
    const handle = list.current
    if (handle === null) return
    const atEnd = offset + handle.viewportSize >= handle.scrollSize - AT_END
    following.current = atEnd
    setAway(!atEnd)
    if (offset < NEAR_START) older.load()
  }

  return (
    <>
      <VList
        ref={list}
        data={order}
        shift={older.loading}
        bufferSize={600}
        role="log"
        aria-label="Messages"
        aria-live="off"
        tabIndex={0}
        className="[overflow-anchor:none]"
        onScroll={scrolled}
        onResize={() => following.current && toEnd()}
      >
        {(messageId, index) => (
          <Message
            key={messageId}
            conversationId={conversationId}
            messageId={messageId}
            last={index === order.length - 1}
          />
        )}
      </VList>
      {away && (
        <Button
          small
          onClick={jump}
          className="absolute bottom-3 left-1/2 h-7 -translate-x-1/2 rounded-full shadow-popover"
        >
          <ArrowDown aria-hidden size={14} /> Jump to newest
        </Button>
      )}
    </>
  )
}

/** A person who sends wants to see it, wherever the list stands. */
function useFollowNew(
  conversationId: ConversationId,
  following: { readonly current: boolean },
  jump: () => void,
): void {
  const lastOwn = useMessages((state) => {
    const thread = state.threads[conversationId] ?? NO_THREAD
    return thread.order.findLast((id) => thread.byId[id]?.role === 'user')
  })
  const seen = useRef(lastOwn)
  useEffect(() => {
    if (seen.current === lastOwn) return
    seen.current = lastOwn
    if (!following.current) jump()
  })
}

interface OlderMessages {
  readonly loading: boolean
  load(): void
}

function useOlderMessages(conversationId: ConversationId): OlderMessages {
  const host = useHost()
  const [loading, setLoading] = useState(false)
  const more = useMessages((state) => Boolean(state.threads[conversationId]?.olderCursor))
  return {
    loading,
    load() {
      if (loading || !more) return
      setLoading(true)
      host
        .loadOlder(conversationId)
        .catch(failed('Older messages could not be read'))
        .finally(() => setLoading(false))
    },
  }
}
