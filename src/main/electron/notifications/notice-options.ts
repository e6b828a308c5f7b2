import type { NotificationConstructorOptions } from 'electron'
import type { Notification } from '../../../shared/model/notification.js'

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
    title: shortened(title, LONGEST_TITLE),
    body: shortened(body, LONGEST_BODY),
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
      text: shortened(label, LONGEST_TITLE),
    })),
  }
}

/** One plain line, not cut within a character of two units. */
function shortened(text: string, longest: number): string {
  const plain = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  if (plain.length <= longest) return plain
  const start = plain.slice(0, longest - 1).toWellFormed()
  return `${start.replace(/\uFFFD$/, '').trimEnd()}…`
}
