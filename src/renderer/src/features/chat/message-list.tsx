import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { keepReadingPlace, type ReadingPlace, readingPlaceOf } from '../../stores/reading-places.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { type StartPlace, useFollowEnd } from '../../ui/use-follow-end.js'
import { Message } from './message.js'

/** Older messages are asked for this long before the reader is at the first one, in px. */
const NEAR_START = 600

/** Stays with the newest text until the reader scrolls up; older messages come as they are reached. */
export function MessageList({ conversationId }: { readonly conversationId: ConversationId }) {
  const order = useMessages((state) => (state.threads[conversationId] ?? NO_THREAD).order)
  const [start] = useState(() => startPlace(conversationId, order))
  const { list, following, scrolled, keepUp, jump } = useFollowEnd(order.length, start)
  const older = useOlderMessages(conversationId)
  useShowOwn(conversationId, jump)
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
        onScroll={(offset) => {
          const place = scrolled(offset) ? null : placeAt(list.current, offset, order)
          keepReadingPlace(conversationId, place)
          if (offset < NEAR_START) older.load()
        }}
        onResize={keepUp}
      >
        {(messageId, index) => (
          <Message
            key={messageId}
            conversationId={conversationId}
            messageId={messageId}
            first={index === 0}
            last={index === order.length - 1}
          />
        )}
      </VList>
      {!following && (
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

/** Where the reader was, if that message is among those that are here. */
function startPlace(
  conversationId: ConversationId,
  order: readonly MessageId[],
): StartPlace | null {
  const place = readingPlaceOf(conversationId)
  const index = place === null ? -1 : order.indexOf(place.messageId)
  return place === null || index < 0 ? null : { index, above: place.above }
}

function placeAt(
  list: VListHandle | null,
  offset: number,
  order: readonly MessageId[],
): ReadingPlace | null {
  const index = list?.findItemIndex(offset) ?? -1
  const messageId = order[index]
  if (list === null || messageId === undefined) return null
  return { messageId, above: offset - list.getItemOffset(index) }
}

/** A person who sends wants to see it, wherever the list stands. */
function useShowOwn(conversationId: ConversationId, jump: () => void): void {
  const lastOwn = useMessages((state) => {
    const thread = state.threads[conversationId] ?? NO_THREAD
    return thread.order.findLast((id) => thread.byId[id]?.role === 'user')
  })
  const seen = useRef(lastOwn)
  useEffect(() => {
    if (seen.current === lastOwn) return
    seen.current = lastOwn
    jump()
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
