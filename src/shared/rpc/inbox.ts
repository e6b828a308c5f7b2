import { z } from 'zod'
import { InboxCounts, InboxItem, InboxKind } from '../model/inbox.js'
import { live, method } from './define.js'

const ItemId = z.string().min(1).max(200)

/** Everything that waits for the person, in one list; it is answered by the methods of each kind. */
export const inboxMethods = {
  /** What holds up work first, at most 200 of each kind and `limit` in all; the counts are of everything. */
  'inbox.list': method(
    z.strictObject({
      kinds: z.array(InboxKind).min(1).optional(),
      limit: z.number().int().min(1).max(1000).optional(),
    }),
    z.object({ items: z.array(InboxItem), counts: InboxCounts, seq: z.number() }),
  ),
  'inbox.counts': method(z.strictObject({}), z.object({ counts: InboxCounts, seq: z.number() })),
  /**
   * The person has seen it: gone from every inbox, also after a restart, until it happens anew. A mail is
   * marked as read. `invalid_state` for what needs an answer. One that is not there (any more) is no error: it is
   * among the `missing`, and the others are dismissed.
   */
  'inbox.dismiss': method(
    z.strictObject({ itemIds: z.array(ItemId).min(1).max(1000) }),
    z.object({ dismissed: z.number(), missing: z.array(ItemId), counts: InboxCounts }),
  ),
}

export const inboxEvents = {
  /** What waits may be another now: an item more, one less, or one that has changed. */
  'inbox.changed': live(z.object({ counts: InboxCounts })),
}
