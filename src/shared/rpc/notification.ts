import { z } from 'zod'
import { ConversationId, NotificationId, TaskId } from '../model/ids.js'
import { Notification, NotificationCounts } from '../model/notification.js'
import { durable, method } from './define.js'
import { PageParams } from './params.js'

const Ids = z.array(NotificationId).min(1).max(1000)

/** What the person was told, kept so that it can be read later. */
export const notificationMethods = {
  /** Newest first. */
  'notification.list': method(
    z.strictObject({ unread: z.boolean().optional(), ...PageParams }),
    z.object({
      notifications: z.array(Notification),
      nextCursor: z.string().nullable(),
      counts: NotificationCounts,
      seq: z.number(),
    }),
  ),
  'notification.counts': method(
    z.strictObject({}),
    z.object({ counts: NotificationCounts, seq: z.number() }),
  ),
  /** Without ids, all of them. Those that are not there (any more) are no error: they are the `missing`. */
  'notification.read': method(
    z.strictObject({
      notificationIds: Ids.optional(),
      /** False: marks them as unread again; only with ids. */
      read: z.boolean().optional(),
    }),
    z.object({
      changed: z.number(),
      missing: z.array(NotificationId),
      counts: NotificationCounts,
    }),
  ),
  /** Without ids, all but those that wait for an answer, which are refused with `invalid_state` by name. */
  'notification.delete': method(
    z.strictObject({ notificationIds: Ids.optional() }),
    z.object({ deleted: z.number(), counts: NotificationCounts }),
  ),
}

const told = {
  taskId: TaskId.optional(),
  conversationId: ConversationId.optional(),
  notification: Notification,
  counts: NotificationCounts,
}

export const notificationEvents = {
  'notification.created': durable(
    z.object({
      ...told,
      /** What it takes the place of, such as the progress of the same task before. */
      replaces: z.array(NotificationId),
    }),
  ),
  /** Settled (take it off the screen), or about more tasks than before. */
  'notification.updated': durable(z.object(told)),
  /** Marked as read, or as unread where `readAt` is null; `notificationIds` null: all of them. */
  'notification.read': durable(
    z.object({
      notificationIds: z.array(NotificationId).nullable(),
      readAt: z.number().nullable(),
      counts: NotificationCounts,
    }),
  ),
  /** Null: all but those that wait for an answer. */
  'notification.deleted': durable(
    z.object({ notificationIds: z.array(NotificationId).nullable(), counts: NotificationCounts }),
  ),
}
