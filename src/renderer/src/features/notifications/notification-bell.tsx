import { Bell } from 'lucide-react'
import { Popover } from 'radix-ui'
import { Suspense } from 'react'
import { useKeys } from '../../app/commands/bindings.js'
import { lazyView } from '../../app/lazy-view.js'
import { useNotifications } from '../../stores/notifications.js'
import { setNotificationsOpen, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { SkeletonRows } from '../../ui/pane.js'
import { CountBadge } from '../agents/state-badge.js'

const NotificationCentre = lazyView(
  async () => (await import('./notification-centre.js')).NotificationCentre,
)

/** How much is unread, and the way to all of it. */
export function NotificationBell({ wide }: { readonly wide: boolean }) {
  const text = useText().notifications
  const unread = useNotifications((state) => state.counts.unread)
  const isOpen = useView((view) => view.notificationsOpen)
  const keys = useKeys('app.notifications')
  return (
    <Popover.Root open={isOpen} onOpenChange={setNotificationsOpen}>
      <Popover.Trigger
        title={keys === undefined ? text.title : `${text.title} (${keys})`}
        className={cx(
          'relative flex size-9 items-center justify-center rounded-md text-muted transition-colors',
          'hover:bg-hover hover:text-text data-[state=open]:bg-selected data-[state=open]:text-text',
          wide && 'mt-auto',
        )}
      >
        <Bell aria-hidden size={18} strokeWidth={1.75} />
        <span className="sr-only">{text.title}</span>
        <span className="absolute -top-0.5 -right-0.5">
          <CountBadge count={unread} label={text.unread} />
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side={wide ? 'right' : 'top'}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={text.title}
          className="z-50 flex h-[36rem] max-h-(--radix-popover-content-available-height) w-96 max-w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-lg border bg-raised shadow-popover outline-none"
        >
          <Suspense fallback={<SkeletonRows rows={6} />}>
            <NotificationCentre onClose={() => setNotificationsOpen(false)} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
