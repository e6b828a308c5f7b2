import { Circle, CircleDot, X } from 'lucide-react'
import type { Notification } from '../../../../shared/model/notification.js'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { formatAgo, formatClock } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { isolated } from '../../ui/isolated.js'
import { LOOKS } from './notification-look.js'
import { act, open, useListActions } from './use-notification-actions.js'

interface NotificationRowProps {
  readonly notification: Notification
  readonly now: number
  readonly onClose: () => void
}

/** One notification: a click leads to its place, and its buttons do what it offers. */
export function NotificationRow({ notification, now, onClose }: NotificationRowProps) {
  const host = useHost()
  const text = useText().notifications
  const { setRead, remove } = useListActions()
  const { kind, title, body, createdAt, readAt, settledAt, needsAnswer } = notification
  const { icon: Icon, color } = LOOKS[kind]
  const isUnread = readAt === null
  // What dismissing does stands beside the row, and its place is the row itself.
  const actions = notification.actions.filter(
    (one) => one.kind !== 'dismiss' && one.kind !== 'open',
  )
  const isWaiting = needsAnswer && settledAt === null
  return (
    <li className="group relative hover:bg-hover">
      <button
        type="button"
        data-row
        onClick={() => {
          onClose()
          open(host, notification)
        }}
        className="flex w-full items-start gap-2.5 py-2 pr-16 pl-3 text-left focus-visible:-outline-offset-2"
      >
        <Icon aria-hidden size={15} strokeWidth={1.75} className={cx('mt-0.5 shrink-0', color)} />
        <span className="min-w-0 flex-1">
          <span className={cx('block break-words', isUnread ? 'font-medium' : 'text-muted')}>
            {isolated(title)}
            {isUnread && <span className="sr-only"> ({text.unread})</span>}
          </span>
          {body !== '' && (
            <span dir="auto" className="line-clamp-2 break-words text-muted">
              {body}
            </span>
          )}
          <span className="block text-faint text-xs" title={formatClock(createdAt)}>
            {formatAgo(createdAt, now)}
            {isWaiting && ` · ${text.waits}`}
            {settledAt !== null && ` · ${text.settled}`}
          </span>
        </span>
      </button>
      {actions.length > 0 && (
        <div className="flex flex-wrap gap-1.5 pr-3 pb-2 pl-9">
          {actions.map((action) => (
            <Button
              key={`${action.kind} ${action.label}`}
              small
              className="max-w-full truncate"
              onClick={() => act(host, notification, action)}
            >
              {action.label}
            </Button>
          ))}
        </div>
      )}
      <div className="absolute top-1.5 right-2 flex">
        <IconButton
          small
          icon={isUnread ? CircleDot : Circle}
          className={isUnread ? 'text-accent-text!' : 'text-faint!'}
          label={isUnread ? text.markRead : text.markUnread}
          onClick={() => setRead(notification, isUnread)}
        />
        {!isWaiting && (
          <IconButton small icon={X} label={text.remove} onClick={() => remove(notification)} />
        )}
      </div>
    </li>
  )
}
