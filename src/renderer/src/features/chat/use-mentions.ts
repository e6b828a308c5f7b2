import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { mentionOf } from '../../../../shared/model/mention-text.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { type Host, useHost } from '../../app/host.js'
import { type MentionOption, mentionOptions } from './mention-options.js'
import { type MentionQuery, mentionBefore } from './mention-query.js'

/** After the last key; the frame that types does nothing else. */
const SETTLE_MS = 80

export interface OpenMentions {
  readonly query: MentionQuery
  /** Null until the host has answered for the first time. */
  readonly options: readonly MentionOption[] | null
  readonly active: number
}

type Show = (change: (before: OpenMentions | null) => OpenMentions | null) => void

/**
 * Looks up what is being pointed at, a moment after the last key; what was asked before is given up.
 *
 * States: closed → waiting for the last key → asking → open, and closed again by a choice, Escape, or a
 * caret that stands elsewhere.
 */
class MentionLookup {
  readonly #host: Host
  readonly #show: Show
  conversationId: ConversationId | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked: AbortController | null = null
  /** Closed by a person: it stays so until another mention begins. */
  #dismissedAt: number | null = null

  constructor(host: Host, show: Show) {
    this.#host = host
    this.#show = show
  }

  /** For each key and each place of the caret. */
  soon(field: HTMLTextAreaElement): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(field), SETTLE_MS)
  }

  close(dismissedAt: number | null = null): void {
    clearTimeout(this.#timer)
    this.#asked?.abort()
    this.#asked = null
    this.#dismissedAt = dismissedAt
    this.#show(() => null)
  }

  #look(field: HTMLTextAreaElement): void {
    const query =
      field.selectionStart === field.selectionEnd
        ? mentionBefore(field.value, field.selectionStart)
        : null
    if (query === null || query.at !== this.#dismissedAt) this.#dismissedAt = null
    if (query === null || query.at === this.#dismissedAt) {
      if (query === null) this.close()
      return
    }
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    this.#show((before) => ({ query, options: before?.options ?? null, active: 0 }))
    mentionOptions(this.#host, this.conversationId, query.query, asked.signal).then(
      (options) => {
        if (!asked.signal.aborted) this.#show(() => ({ query, options, active: 0 }))
      },
      (error: unknown) => {
        if (asked.signal.aborted) return
        // Without a host there is nothing to point at; what is typed stays as it is.
        console.warn(`nothing could be looked up for a mention: ${messageOf(error)}`)
        this.#show(() => null)
      },
    )
  }
}

export interface Mentions {
  readonly open: OpenMentions | null
  /** For input and for moves of the caret. */
  look(): void
  choose(option: MentionOption): void
  point(index: number): void
  /** True when the key was for the list. */
  key(key: string): boolean
  close(): void
}

/** Completion of mentions in a text field; `changed` hears that it wrote into the field. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  conversationId: ConversationId | null,
  changed: () => void,
): Mentions {
  const host = useHost()
  const [open, setOpen] = useState<OpenMentions | null>(null)
  const lookup = useMemo(() => new MentionLookup(host, setOpen), [host])
  const wrote = useRef(changed)
  wrote.current = changed
  useEffect(() => {
    lookup.conversationId = conversationId
    return () => lookup.close()
  }, [lookup, conversationId])

  const choose = ({ name }: MentionOption) => {
    const { current } = field
    if (current === null || open === null) return
    const mention = `${mentionOf(name)} `
    current.setRangeText(mention, open.query.at, current.selectionEnd, 'end')
    lookup.close()
    wrote.current()
    current.focus()
  }
  const move = (step: number) =>
    setOpen((before) => {
      const count = before?.options?.length ?? 0
      if (before === null || count === 0) return before
      return { ...before, active: (before.active + step + count) % count }
    })
  return {
    open,
    choose,
    look: () => {
      if (field.current !== null) lookup.soon(field.current)
    },
    point: (active) => setOpen((before) => (before === null ? null : { ...before, active })),
    close: () => lookup.close(),
    key: (key) => {
      if (open === null) return false
      const chosen = open.options?.[open.active]
      if (key === 'Escape') lookup.close(open.query.at)
      else if (chosen === undefined) return false
      else if (key === 'ArrowDown') move(1)
      else if (key === 'ArrowUp') move(-1)
      else if (key === 'Enter' || key === 'Tab') choose(chosen)
      else return false
      return true
    },
  }
}
