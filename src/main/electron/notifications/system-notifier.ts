import { Notification as SystemNotification } from 'electron'
import type { NotificationId } from '../../../shared/model/ids.js'
import type { Notification, NotificationAction } from '../../../shared/model/notification.js'
import type { Place } from '../../../shared/model/place.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import { requestFor } from '../../../shared/rpc/notification-request.js'
import type { Logger } from '../../core/ports.js'
import type { DesktopFeed } from '../desktop/desktop-feed.js'
import type { HeardEvent } from '../desktop/host-client.js'
import { noticeChanges } from './notice-changes.js'
import { buttonsOf, noticeOptions } from './notice-options.js'

/** Kept so that a click on them is heard; the oldest are forgotten first. */
const MOST_KEPT = 100

export interface SystemNotifierOptions {
  readonly logger: Logger
  /** Whether the person has the window before them, which shows it by itself. */
  readonly isLooking: () => boolean
  readonly respectDoNotDisturb: () => boolean
  readonly call: DesktopFeed['call']
  readonly showPlace: (place: Place) => void
}

/** The app's part of the notification centre of the system, kept in step with what the core tells. */
export class SystemNotifier {
  readonly #options: SystemNotifierOptions
  readonly #shown = new Map<NotificationId, SystemNotification>()

  constructor(options: SystemNotifierOptions) {
    this.#options = options
  }

  heard(event: HeardEvent): void {
    const isShown = (id: NotificationId) => this.#shown.has(id)
    const { show, withdraw } = noticeChanges(event, this.#options.isLooking(), isShown)
    for (const id of withdraw === 'all' ? [...this.#shown.keys()] : withdraw) this.#withdraw(id)
    if (show !== null && SystemNotification.isSupported()) this.#show(show)
  }

  /** One with the same id is replaced. */
  #show(notification: Notification): void {
    const { logger, respectDoNotDisturb } = this.#options
    const { id } = notification
    this.#withdraw(id)
    const { platform } = process
    const surroundings = { platform, respectDoNotDisturb: respectDoNotDisturb() }
    const shown = new SystemNotification(noticeOptions(notification, surroundings))
    shown.on('click', () => this.#open(notification))
    shown.on('action', ({ actionIndex }) => {
      const action = buttonsOf(notification)[actionIndex]
      if (action !== undefined) this.#choose(notification, action)
    })
    shown.on('reply', ({ reply }) => {
      const label = reply.trim()
      if (label !== '') this.#choose(notification, { kind: 'answer', label })
    })
    shown.on('close', () => {
      if (this.#shown.get(id) === shown) this.#shown.delete(id)
    })
    shown.on('failed', (_event, reason) => {
      this.#shown.delete(id)
      logger.warn({ reason }, 'the system shows no notification')
    })
    this.#shown.set(id, shown)
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > MOST_KEPT && oldest !== undefined) this.#shown.delete(oldest)
    shown.show()
  }

  /** Whoever clicks on it has seen it. */
  #open({ id, place }: Notification): void {
    const { call, showPlace, logger } = this.#options
    showPlace(place)
    call('notification.read', { notificationIds: [id] }).catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, 'a notification stays unread')
    })
  }

  /** What could not be done is shown, so that the person sees why. */
  #choose(notification: Notification, action: NotificationAction): void {
    const { call, showPlace, logger } = this.#options
    const request = requestFor(notification, action)
    if (request === null) {
      this.#open(notification)
      return
    }
    call(request.method, request.params).catch((error: unknown) => {
      logger.warn({ kind: action.kind, reason: messageOf(error) }, 'an action was not done')
      showPlace(notification.place)
    })
  }

  #withdraw(id: NotificationId): void {
    const shown = this.#shown.get(id)
    this.#shown.delete(id)
    shown?.close()
  }
}
