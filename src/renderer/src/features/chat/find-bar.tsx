import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { useHost } from '../../app/host.js'
import { leadTo, lookFor } from '../../stores/chat-view.js'
import { useText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { IconButton } from '../../ui/icon-button.js'
import { type CurrentHit, isDrawn, useFindMarks } from './find-marks.js'

type Match = ResultOf<'chat.search'>['matches'][number]

/** Nobody waits for the letters before the last one. */
const SETTLE_MS = 150
const MOST_MATCHES = 500

interface Found {
  readonly query: string
  /** Newest first. */
  readonly matches: readonly Match[]
  readonly more: boolean
}

/** Looks through a whole conversation, also what is not loaded, and leads from hit to hit. */
export function FindBar({
  conversationId,
  query,
}: {
  readonly conversationId: ConversationId
  readonly query: string
}) {
  const text = useText().chat.find
  const field = useRef<HTMLInputElement>(null)
  const found = useMatches(conversationId, query)
  /** Counts hits from the newest on. */
  const [at, setAt] = useState(0)
  const [current, setCurrent] = useState<CurrentHit | null>(null)
  const matches = found?.matches ?? []
  const count = countHits(matches)
  useFindMarks(found === null ? '' : found.query, current)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const show = (index: number, list: readonly Match[]) => {
    const hit = hitAt(list, index)
    setAt(index)
    if (hit === null) return
    const { messageId, order } = hit
    setCurrent({ messageId, index: hit.index })
    // Within a message that is there it is one step to the next one.
    if (messageId !== current?.messageId || !isDrawn(messageId)) {
      leadTo({ conversationId, messageId, order })
    }
  }
  const first = useRef(show)
  first.current = show
  useEffect(() => {
    if (found !== null && found.matches.length > 0) first.current(0, found.matches)
  }, [found])
  const earlier = () => show(Math.min(count - 1, at + 1), matches)
  const later = () => show(Math.max(0, at - 1), matches)
  const close = () => {
    lookFor(null)
    leadTo(null)
    document.getElementById('composer')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (event.shiftKey) later()
      else earlier()
    }
  }
  const none = found !== null && query !== '' && count === 0
  return (
    <search
      aria-label={text.label}
      className="absolute top-2 right-4 z-20 flex h-9 max-w-[calc(100%-2rem)] items-center gap-1 rounded-md border bg-raised pr-1 pl-3 shadow-popover"
    >
      <input
        ref={field}
        type="text"
        dir="auto"
        aria-label={text.label}
        placeholder={text.placeholder}
        value={query}
        onChange={(event) => lookFor(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="h-full w-48 min-w-0 bg-transparent outline-none placeholder:text-faint"
      />
      <output className="figures min-w-20 shrink-0 text-right text-muted text-xs">
        {query !== '' && found === null && text.searching}
        {none && text.none}
        {count > 0 && text.place(at + 1, `${count}${found?.more ? '+' : ''}`)}
      </output>
      <IconButton
        small
        icon={ChevronUp}
        label={text.earlier}
        disabled={at >= count - 1}
        onClick={earlier}
      />
      <IconButton
        small
        icon={ChevronDown}
        label={text.later}
        disabled={at === 0 || count === 0}
        onClick={later}
      />
      <IconButton small icon={X} label={text.close} onClick={close} />
    </search>
  )
}

function countHits(matches: readonly Match[]): number {
  return matches.reduce((sum, { hits }) => sum + hits, 0)
}

/** The hit that is the how manieth from the newest: within a message the lowest comes first. */
function hitAt(matches: readonly Match[], at: number): (CurrentHit & { order: number }) | null {
  let before = 0
  for (const { messageId, order, hits } of matches) {
    if (at < before + hits) return { messageId, order, index: hits - 1 - (at - before) }
    before += hits
  }
  return null
}

/** Null while it is being looked for. */
function useMatches(conversationId: ConversationId, query: string): Found | null {
  const host = useHost()
  const { failed: notSearched } = useText().chat.find
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    setFound(null)
    if (query.trim() === '') return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      const params = { conversationId, query: query.trim(), limit: MOST_MATCHES }
      host.call('chat.search', params, { signal: controller.signal }).then(
        ({ matches, nextCursor }) =>
          setFound({ query: query.trim(), matches, more: nextCursor !== null }),
        (error: unknown) => {
          if (!controller.signal.aborted) failed(notSearched)(error)
        },
      )
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [host, conversationId, query, notSearched])
  return found
}
