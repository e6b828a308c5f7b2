import type { NotificationConstructorOptions } from 'electron'
import type { Notification } from '../../../shared/model/notification.js'
import { shortened } from '../../../shared/text/shortened.js'
import { oneLine } from '../../../shared/text/terminal-text.js'

export interface NoticeSurroundings {
  readonly platform: NodeJS.Platform
  /** What the person is told while the system is not to be disturbed is then the system's to hold back. */
  readonly respectDoNotDisturb: boolean
}

const LONGEST_TITLE = 100
const LONGEST_BODY = 300
/** More are hidden behind a menu, or not shown at all. */
const MOST_BUTTONS = 3

/** The actions that are worth a button; a click on the rest of it opens, and the system puts it away. */
export function buttonsOf({ actions }: Notification): Notification['actions'] {
  return actions.filter(({ kind }) => kind !== 'open' && kind !== 'dismiss').slice(0, MOST_BUTTONS)
}

/** A notification in the words of Electron, with what a platform has of it. */
export function noticeOptions(
  notification: Notification,
  { platform, respectDoNotDisturb }: NoticeSurroundings,
): NotificationConstructorOptions {
  const { id, kind, title, body, needsAnswer, sound } = notification
  const common: NotificationConstructorOptions = {
    title: shortened(oneLine(title), LONGEST_TITLE),
    body: shortened(oneLine(body), LONGEST_BODY),
    silent: !sound,
  }
  // Critical ones the system lets through.
  const urgency: NotificationConstructorOptions = {
    urgency: needsAnswer || !respectDoNotDisturb ? 'critical' : 'normal',
    ...(needsAnswer ? { timeoutType: 'never' } : {}),
  }
  if (platform === 'linux') return { ...common, ...urgency }
  return {
    ...common,
    id,
    ...(platform === 'win32' ? urgency : {}),
    ...(kind === 'question' ? { hasReply: true } : {}),
    actions: buttonsOf(notification).map(({ label }) => ({
      type: 'button',
      text: shortened(oneLine(label), LONGEST_TITLE),
    })),
  }
}
