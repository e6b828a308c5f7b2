import type { Core } from '../core/index.js'
import type { Part } from './handler.js'

/** What waits for the person. */
export function inboxHandlers({ inbox, events }: Core): Part<'inbox'> {
  return {
    'inbox.list': (wanted) => ({ ...inbox.list(wanted), seq: events.lastSeq() }),
    'inbox.counts': () => ({ counts: inbox.counts(), seq: events.lastSeq() }),
    'inbox.dismiss': ({ itemIds }) => ({
      ...inbox.dismiss(itemIds),
      counts: inbox.counts(),
    }),
  }
}
