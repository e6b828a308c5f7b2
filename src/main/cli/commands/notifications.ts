import type { Notification } from '../../../shared/model/notification.js'
import { missingError } from '../cli-error.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { notificationLines } from '../format/notification.js'
import { asNotificationId } from '../id-arguments.js'
import { News } from '../news.js'
import { upTo } from '../pages.js'

export interface NotificationOptions {
  readonly unread?: boolean
  readonly limit?: number
  readonly follow?: boolean
}

const DEFAULT_LIMIT = 20

export async function listNotifications(
  { host, terminal, json, environment }: CommandContext,
  { unread = false, limit = DEFAULT_LIMIT }: NotificationOptions,
): Promise<number> {
  const { items, nextCursor } = await upTo(limit, async (page) => {
    const answer = await host.call('notification.list', { unread, ...page })
    return { items: answer.notifications, nextCursor: answer.nextCursor }
  })
  if (json) {
    const { counts } = await host.call('notification.counts', {})
    terminal.json({ notifications: items, nextCursor, counts })
    return EXIT.ok
  }
  if (items.length === 0) {
    terminal.line(unread ? 'You have read everything.' : 'There are no notifications.')
    return EXIT.ok
  }
  for (const item of items) print({ terminal, environment }, item)
  if (nextCursor !== null) terminal.note(`There are more: --limit ${limit * 10}`)
  return EXIT.ok
}

/** Prints what comes from now on; a lost connection goes on where it was. */
export async function followNotifications(context: CommandContext): Promise<number> {
  const { host, terminal, json } = context
  const interrupt = interruptSignal(context.environment)
  let sinceSeq: number | null = null
  try {
    for (;;) {
      const client = await host.client()
      const news = new News()
      const unlisten = client.onEvent((name, event) => {
        if (name !== 'notification.created') return
        const { notification, seq } = event as { notification: Notification; seq: number }
        sinceSeq = seq
        if (json) terminal.json(notification)
        else print(context, notification)
      })
      const unwatch = client.onClose((reason) => news.stop(new Error(reason)))
      try {
        const topics = ['notification.created']
        const since: { sinceSeq?: number } = sinceSeq === null ? {} : { sinceSeq }
        const { seq } = await client.call('events.subscribe', { topics, ...since })
        sinceSeq ??= seq
        await news.heard(interrupt.signal)
      } catch (error) {
        if (interrupt.signal.aborted || (await host.isLive(client))) throw error
      } finally {
        unlisten()
        unwatch()
      }
    }
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT.interrupted
    throw error
  } finally {
    interrupt.stop()
  }
}

export async function readNotifications(
  { host, terminal, json }: CommandContext,
  ids: readonly string[],
): Promise<number> {
  const notificationIds = ids.map(asNotificationId)
  const answer = await host.call(
    'notification.read',
    notificationIds.length === 0 ? {} : { notificationIds },
  )
  const { changed, missing, counts } = answer
  if (!json) terminal.line(`Marked as read: ${changed}. Unread: ${counts.unread}.`)
  if (missing.length > 0) throw missingError('there is no notification', missing, answer)
  if (json) terminal.json({ changed, counts })
  return EXIT.ok
}

export async function clearNotifications({
  host,
  terminal,
  json,
}: CommandContext): Promise<number> {
  const answer = await host.call('notification.delete', {})
  if (json) terminal.json(answer)
  else terminal.line(`Removed: ${answer.deleted}. Waiting for an answer: ${answer.counts.waiting}.`)
  return EXIT.ok
}

function print(
  { terminal, environment }: Pick<CommandContext, 'terminal' | 'environment'>,
  notification: Notification,
): void {
  for (const line of notificationLines(notification, terminal, environment.now())) {
    terminal.line(line)
  }
}
