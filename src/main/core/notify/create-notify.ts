import { SYSTEM_SAYS_NOTHING } from './do-not-disturb.js'
import { NotificationList } from './notification-list.js'
import { Notifier, type NotifierOptions } from './notifier.js'

/** What tells the person, and what keeps it. */
export function createNotify(
  options: Omit<NotifierOptions, 'doNotDisturb' | 'languages'> &
    Partial<Pick<NotifierOptions, 'doNotDisturb' | 'languages'>>,
): { readonly notifier: Notifier; readonly notifications: NotificationList } {
  const { doNotDisturb = SYSTEM_SAYS_NOTHING, languages = [] } = options
  return {
    notifier: new Notifier({ ...options, doNotDisturb, languages }),
    notifications: new NotificationList(options.log, options.clock),
  }
}
