import { describe, expect, it } from 'vitest'
import { NotificationId } from '../../../shared/model/ids.js'
import type { Notification } from '../../../shared/model/notification.js'
import type { HeardEvent } from '../desktop/host-client.js'
import { noticeChanges } from './notice-changes.js'

const id = NotificationId.parse('ntf_2')
const earlier = NotificationId.parse('ntf_1')
const counts = { unread: 1, waiting: 0 }
const meta = { seq: 1, at: 0, counts }

function note(changes: Partial<Notification> = {}): Notification {
  return {
    id,
    kind: 'completed',
    title: 'done',
    body: '',
    place: { kind: 'inbox' },
    actions: [],
    count: 1,
    needsAnswer: false,
    quiet: false,
    sound: true,
    createdAt: 0,
    readAt: null,
    settledAt: null,
    ...changes,
  }
}

function changesBy(event: HeardEvent, { isLooking = false, isShown = false } = {}) {
  return noticeChanges(event, isLooking, () => isShown)
}

function created(changes: Partial<Notification> = {}): HeardEvent {
  return {
    name: 'notification.created',
    params: { ...meta, notification: note(changes), replaces: [earlier] },
  }
}

function updated(changes: Partial<Notification> = {}): HeardEvent {
  return { name: 'notification.updated', params: { ...meta, notification: note(changes) } }
}

describe('news', () => {
  it('are shown in place of older ones to a person who looks elsewhere', () => {
    expect(changesBy(created())).toEqual({ show: note(), withdraw: [earlier] })
    expect(changesBy(created(), { isLooking: true })).toEqual({ show: null, withdraw: [earlier] })
  })

  it('that are to be quiet are not, unless they need an answer', () => {
    expect(changesBy(created({ quiet: true })).show).toBeNull()
    expect(changesBy(created({ quiet: true, needsAnswer: true })).show).not.toBeNull()
  })

  it('that were read or settled before they came are none', () => {
    expect(changesBy(created({ readAt: 1 })).show).toBeNull()
    expect(changesBy(created({ settledAt: 1, needsAnswer: true })).show).toBeNull()
  })
})

describe('what is shown', () => {
  it('goes away when it is settled, read or deleted anywhere', () => {
    expect(changesBy(updated({ settledAt: 1 }), { isShown: true }).withdraw).toEqual([id])
    const read = { ...meta, notificationIds: [id], readAt: 1 }
    expect(changesBy({ name: 'notification.read', params: read }).withdraw).toEqual([id])
    const all = { ...meta, notificationIds: null, readAt: 1 }
    expect(changesBy({ name: 'notification.read', params: all }).withdraw).toBe('all')
    const unread = { ...meta, notificationIds: [id], readAt: null }
    expect(changesBy({ name: 'notification.read', params: unread }).withdraw).toEqual([])
    const deleted = { ...meta, notificationIds: null }
    expect(changesBy({ name: 'notification.deleted', params: deleted }).withdraw).toBe('all')
  })

  it('is told anew without a sound when it is about more, and not where it was put away', () => {
    expect(changesBy(updated({ count: 3 }), { isShown: true }).show).toEqual(
      note({ count: 3, sound: false }),
    )
    expect(changesBy(updated({ count: 3 })).show).toBeNull()
  })
})
