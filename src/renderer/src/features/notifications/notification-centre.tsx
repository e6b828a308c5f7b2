import { BellOff, CheckCheck, Settings2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Notification } from '../../../../shared/model/notification.js'
import { useHost } from '../../app/host.js'
import { useNotifications } from '../../stores/notifications.js'
import { showSettings } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { formatDay } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { daysAgo, daysOf } from './notification-look.js'
import { NotificationRow } from './notification-row.js'
import { useListActions } from './use-notification-actions.js'

/** What the person was told, by day, the newest first. */
export function NotificationCentre({ onClose }: { readonly onClose: () => void }) {
  const text = useText().notifications
  const { items, error, nextCursor, counts } = useNotifications()
  const [onlyUnread, setOnlyUnread] = useState(false)
  const { readAll, clear, loadOlder } = useListActions()
  const shown = items?.filter(({ readAt }) => !onlyUnread || readAt === null)
  return (
    <>
      <header className="flex shrink-0 items-center gap-1 border-b px-3 py-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{text.title}</h2>
        <Filter onlyUnread={onlyUnread} onChange={setOnlyUnread} />
        <IconButton
          icon={CheckCheck}
          label={text.readAll}
          disabled={counts.unread === 0}
          onClick={readAll}
        />
        <IconButton icon={Trash2} label={text.clear} disabled={!items?.length} onClick={clear} />
        <IconButton
          icon={Settings2}
          label={text.settings}
          onClick={() => {
            onClose()
            showSettings('notifications')
          }}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error !== null && <NotRead error={error} />}
        {shown === undefined && error === null && <SkeletonRows rows={6} />}
        {shown?.length === 0 && <Nothing isFiltered={onlyUnread && items?.length !== 0} />}
        {shown !== undefined && <Days items={shown} onClose={onClose} />}
        {nextCursor !== null && (
          <div className="flex justify-center p-3">
            <Button small kind="quiet" onClick={loadOlder}>
              {text.older}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

interface FilterProps {
  readonly onlyUnread: boolean
  readonly onChange: (onlyUnread: boolean) => void
}

function Filter({ onlyUnread, onChange }: FilterProps) {
  const text = useText().notifications
  return (
    <fieldset aria-label={text.filter} className="flex shrink-0 rounded-md border text-xs">
      {[false, true].map((unread) => (
        <button
          key={String(unread)}
          type="button"
          aria-pressed={onlyUnread === unread}
          onClick={() => onChange(unread)}
          className={cx(
            'h-6 px-2 first:rounded-l-md last:rounded-r-md',
            onlyUnread === unread ? 'bg-selected text-text' : 'text-muted hover:bg-hover',
          )}
        >
          {unread ? text.onlyUnread : text.all}
        </button>
      ))}
    </fieldset>
  )
}

interface DaysProps {
  readonly items: readonly Notification[]
  readonly onClose: () => void
}

function Days({ items, onClose }: DaysProps) {
  const text = useText().notifications
  const now = useNow()
  return daysOf(items).map(({ start, items: ofDay }) => {
    const ago = daysAgo(start, now)
    const name = ago === 0 ? text.today : ago === 1 ? text.yesterday : formatDay(start)
    return (
      <section key={start} aria-label={name}>
        <h3 className="sticky top-0 z-10 bg-raised px-3 pt-3 pb-1 font-medium text-muted text-xs">
          {name}
        </h3>
        <ul>
          {ofDay.map((item) => (
            <NotificationRow key={item.id} notification={item} now={now} onClose={onClose} />
          ))}
        </ul>
      </section>
    )
  })
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const text = useText().notifications
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      <BellOff aria-hidden size={24} strokeWidth={1.25} className="text-faint" />
      <p className="font-medium">{isFiltered ? text.noneUnread : text.none}</p>
      {!isFiltered && <p className="max-w-72 text-muted">{text.noneHint}</p>}
    </div>
  )
}

function NotRead({ error }: { readonly error: string }) {
  const text = useText().notifications
  const host = useHost()
  return (
    <div role="alert" className="flex items-start gap-3 border-b px-3 py-2.5">
      <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
      <Button small onClick={() => void host.readNotifications()}>
        {text.tryAgain}
      </Button>
    </div>
  )
}
