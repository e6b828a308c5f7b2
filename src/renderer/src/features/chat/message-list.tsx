import { ArrowDown } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { ConversationId, MessageId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { giveUp, useChatView } from '../../stores/chat-view.js'
import { NO_THREAD, useMessages } from '../../stores/messages.js'
import { keepReadingPlace, type ReadingPlace, readingPlaceOf } from '../../stores/reading-places.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { showFailure } from '../../ui/failure.js'
import { type StartPlace, useFollowEnd } from '../../ui/use-follow-end.js'
import { Message } from './message.js'

/** Older messages are asked for this long before the reader is at the first one, in px. */
const NEAR_START = 600

/** Stays with the newest text until the reader scrolls up; older messages come as they are reached. */
export function MessageList({ conversationId }: { readonly conversationId: ConversationId }) {
  const text = useText().chat.list
  const order = useSaid(conversationId)
  const lastSpoken = useLastSpoken(conversationId, order)
  const [start] = useState(() => startPlace(conversationId, order))
  const { list, following, scrolled, keepUp, jump, goTo } = useFollowEnd(order.length, start)
  const older = useOlderMessages(conversationId)
  useShowOwn(conversationId, jump)
  useTarget(conversationId, order, older, goTo)
  return (
    <>
      <VList
        ref={list}
        data={order}
        shift={older.loading}
        bufferSize={600}
        role="log"
        aria-label={text.label}
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
            last={messageId === lastSpoken}
          />
        )}
      </VList>
      {!following && (
        <Button
          small
          onClick={jump}
          className="absolute bottom-3 left-1/2 h-7 -translate-x-1/2 rounded-full shadow-popover"
        >
          <ArrowDown aria-hidden size={14} /> {text.jump}
        </Button>
      )}
    </>
  )
}

/** What was said, without what waits: that is shown where it can be changed. */
function useSaid(conversationId: ConversationId): readonly MessageId[] {
  const order = useMessages((state) => (state.threads[conversationId] ?? NO_THREAD).order)
  return useMemo(() => {
    // A message that is taken up moves, so that the order is another one then.
    const { byId } = useMessages.getState().threads[conversationId] ?? NO_THREAD
    return order.filter((id) => byId[id]?.state !== 'queued')
  }, [order, conversationId])
}

function useLastSpoken(
  conversationId: ConversationId,
  order: readonly MessageId[],
): MessageId | undefined {
  return useMemo(() => {
    const { byId } = useMessages.getState().threads[conversationId] ?? NO_THREAD
    return order.findLast((id) => byId[id]?.role !== 'task')
  }, [order, conversationId])
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
    return thread.order.findLast((id) => {
      const message = thread.byId[id]
      return message?.role === 'user' && message.state !== 'queued'
    })
  })
  const seen = useRef(lastOwn)
  useEffect(() => {
    if (seen.current === lastOwn) return
    seen.current = lastOwn
    jump()
  })
}

/** Brings a message into sight that something else leads to, reading back as far as it takes. */
function useTarget(
  conversationId: ConversationId,
  order: readonly MessageId[],
  older: OlderMessages,
  goTo: (index: number) => void,
): void {
  const target = useChatView((view) => view.target)
  const done = useRef<typeof target>(null)
  useEffect(() => {
    if (target === null || target.conversationId !== conversationId || done.current === target) {
      return
    }
    const index = order.indexOf(target.messageId)
    if (index >= 0) {
      done.current = target
      goTo(index)
    } else if (!older.loading && !older.loadBackTo(target.order ?? 0, () => giveUp(target))) {
      giveUp(target)
    }
  })
}

interface OlderMessages {
  readonly loading: boolean
  load(): void
  /** Everything down to an order; false when there is nothing older. */
  loadBackTo(order: number, onFailed: () => void): boolean
}

function useOlderMessages(conversationId: ConversationId): OlderMessages {
  const host = useHost()
  const text = useText().chat
  const [loading, setLoading] = useState(false)
  const more = useMessages((state) => Boolean(state.threads[conversationId]?.olderCursor))
  const read = (reading: Promise<void>, onFailed?: () => void) => {
    setLoading(true)
    reading
      .catch((error: unknown) => {
        showFailure(text.olderNotRead, error)
        onFailed?.()
      })
      .finally(() => setLoading(false))
  }
  return {
    loading,
    load() {
      if (!loading && more) read(host.loadOlder(conversationId))
    },
    loadBackTo(order, onFailed) {
      if (!loading && more) read(host.loadBackTo(conversationId, order), onFailed)
      return loading || more
    },
  }
}
