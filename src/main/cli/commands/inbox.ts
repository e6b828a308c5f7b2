import type { InboxItem, InboxKind } from '../../../shared/model/inbox.js'
import { missingError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { inboxLines } from '../format/inbox.js'

export async function listInbox(
  { host, terminal, json, environment }: CommandContext,
  kinds: readonly InboxKind[],
): Promise<number> {
  const answer = await host.call('inbox.list', kinds.length === 0 ? {} : { kinds: [...kinds] })
  if (json) terminal.json({ items: answer.items, counts: answer.counts })
  else for (const line of inboxLines(answer, terminal, environment.now())) terminal.line(line)
  return EXIT.ok
}

/** @param all everything that needs no answer */
export async function dismissFromInbox(
  { host, terminal, json }: CommandContext,
  ids: readonly string[],
  all: boolean,
): Promise<number> {
  const itemIds = all ? dismissible((await host.call('inbox.list', {})).items) : [...ids]
  const answer =
    itemIds.length === 0
      ? { dismissed: 0, missing: [], ...(await host.call('inbox.counts', {})) }
      : await host.call('inbox.dismiss', { itemIds })
  const { dismissed, missing, counts } = answer
  if (!json) terminal.line(`Dismissed: ${dismissed}. In the inbox: ${counts.total}.`)
  // Of all of them, one may have been settled elsewhere in the meantime.
  if (!all && missing.length > 0) throw missingError('not in the inbox', missing, answer)
  if (json) terminal.json({ dismissed, counts })
  return EXIT.ok
}

function dismissible(items: readonly InboxItem[]): string[] {
  return items
    .filter(({ actions }) => actions.includes('dismiss') || actions.includes('read'))
    .map(({ id }) => id)
}
