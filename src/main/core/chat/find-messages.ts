import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { withoutMarks } from '../../../shared/text/markdown-text.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { selectTexts } from '../store/queries/message-texts.js'
import { fold } from '../tasks/search-text.js'

/** What one step looks at; between steps everything else has its turn. */
const ROWS = 250
const CHARACTERS = 300_000
/** The marks of longer ones are not told from what they say: that would take too long. */
const LOOKED_THROUGH = 20_000

export interface FoundMessages {
  readonly matches: { messageId: MessageId; order: number; hits: number }[]
  /** Where to go on; null when everything was looked at. */
  readonly nextOrder: number | null
}

/** Messages of one conversation with a text in them, newest first; letters fit in either case. */
export async function findMessages(
  { log, clock }: { readonly log: EventLog; readonly clock: Clock },
  wanted: {
    readonly conversationId: ConversationId
    readonly query: string
    readonly beforeOrder: number | null
    readonly limit: number
  },
  signal: AbortSignal,
): Promise<FoundMessages> {
  const { conversationId, limit } = wanted
  const query = fold(wanted.query)
  const matches: FoundMessages['matches'] = []
  let beforeOrder = wanted.beforeOrder ?? Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = { conversationId, beforeOrder, rows: ROWS, characters: CHARACTERS }
    const texts = log.query((db) => selectTexts(db, page))
    for (const { id, ordinal, role, text } of texts) {
      beforeOrder = ordinal
      if (!fold(text).includes(query)) continue
      const isMarkdown = role === 'assistant' && text.length <= LOOKED_THROUGH
      const hits = countOf(query, isMarkdown ? withoutMarks(text).text : text)
      // One that is part of an address or of the marks is none that can be seen, but leads to its message.
      matches.push({ messageId: id, order: ordinal, hits: Math.max(1, hits) })
      if (matches.length >= limit) return { matches, nextOrder: beforeOrder }
    }
    if (texts.length === 0) return { matches, nextOrder: null }
    await new Promise<void>((resolve) => {
      clock.schedule(0, resolve)
    })
    signal.throwIfAborted()
  }
}

/** How often a text has the folded query. */
function countOf(query: string, text: string): number {
  return fold(text).split(query).length - 1
}
