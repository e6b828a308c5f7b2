import { ArrowLeft, CheckCheck, Inbox } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { InboxItem } from '../../../../shared/model/inbox.js'
import { useHost } from '../../app/host.js'
import { useIsWide } from '../../app/is-wide.js'
import { useInbox } from '../../stores/inbox.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { InboxDetail } from './inbox-detail.js'
import { InboxList } from './inbox-list.js'
import { isDismissible } from './inbox-look.js'
import { useInboxActions } from './use-inbox-actions.js'
import { useInboxItems } from './use-inbox-items.js'

/** Everything that waits for the person, in one list, answered in place. */
export function InboxArea() {
  const text = useText().inbox
  const items = useInboxItems()
  const error = useInbox((state) => state.error)
  const { dismissAll } = useInboxActions()
  return (
    <section aria-label={text.title} data-inbox className="flex h-full flex-col bg-surface">
      <PaneHeader title={text.title}>
        {items?.some(isDismissible) && (
          <IconButton icon={CheckCheck} label={text.dismissAll} onClick={dismissAll} />
        )}
      </PaneHeader>
      {error !== null && <NotRead error={error} />}
      {items === null && error === null && <SkeletonRows rows={6} />}
      {items?.length === 0 && <Nothing />}
      {items !== null && items.length > 0 && <Both items={items} />}
    </section>
  )
}

function NotRead({ error }: { readonly error: string }) {
  const text = useText().inbox
  const host = useHost()
  return (
    <div role="alert" className="flex items-start gap-3 border-b px-4 py-2.5">
      <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
      <Button small onClick={() => void host.readInbox()}>
        {text.tryAgain}
      </Button>
    </div>
  )
}

function Nothing() {
  const text = useText().inbox
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <Inbox aria-hidden size={28} strokeWidth={1.25} className="text-faint" />
      <p className="font-medium">{text.empty}</p>
      <p className="max-w-96 text-muted">{text.emptyHint}</p>
    </div>
  )
}

/** The list, and beside it (in place of it where the window is narrow) what is selected. */
function Both({ items }: { readonly items: readonly InboxItem[] }) {
  const text = useText().inbox
  const wide = useIsWide()
  const { selected, select } = useSelected(items)
  const [reading, setReading] = useState(false)
  const detail = useRef<HTMLDivElement>(null)
  const shown = items.find(({ id }) => id === selected)
  const onKeyDown = useItemKeys(shown)
  const enter = (item: InboxItem) => {
    select(item)
    setReading(true)
    requestAnimationFrame(() => focusFirst(detail.current))
  }
  const backToList = () => {
    setReading(false)
    requestAnimationFrame(() => rowOf(selected)?.focus())
  }
  return (
    <div className="flex min-h-0 flex-1" onKeyDown={onKeyDown}>
      <div
        className={cx(
          'flex min-h-0 flex-col',
          wide ? 'w-88 shrink-0 border-r' : 'min-w-0 flex-1',
          !wide && reading && shown !== undefined && 'hidden',
        )}
      >
        <InboxList items={items} selected={selected} onSelect={select} onEnter={enter} />
        <p className="shrink-0 border-t px-4 py-2 text-faint text-xs max-sm:hidden">{text.keys}</p>
      </div>
      {(wide || reading) && (
        <div
          ref={detail}
          tabIndex={-1}
          className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return
            event.preventDefault()
            event.stopPropagation()
            backToList()
          }}
        >
          {!wide && shown !== undefined && (
            <Button kind="quiet" className="m-2 mb-0" onClick={backToList}>
              <ArrowLeft aria-hidden size={14} /> {text.back}
            </Button>
          )}
          {shown === undefined ? (
            <p className="p-8 text-center text-muted max-md:hidden">{text.choose}</p>
          ) : (
            <div className="max-w-3xl">
              <InboxDetail key={shown.id} item={shown} />
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** E and R act on what is selected, in the list as beside it; what is typed into a field stays text. */
function useItemKeys(item: InboxItem | undefined) {
  const { dismiss, retry } = useInboxActions()
  return (event: KeyboardEvent) => {
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest(FIELDS) !== null) return
    const key = event.key.toLowerCase()
    if (key === 'e') dismiss(item)
    else if (key === 'r') retry(item)
    else return
    event.preventDefault()
  }
}

const FIELDS = 'input, textarea, select, [contenteditable]'

/** When what is selected leaves the inbox, the one that takes its place is selected, and the focus goes along. */
function useSelected(items: readonly InboxItem[]) {
  const [chosen, setChosen] = useState<{ readonly id: string; readonly index: number } | null>(null)
  const index = items.findIndex(({ id }) => id === chosen?.id)
  const next =
    chosen === null ? null : items[index === -1 ? Math.min(chosen.index, items.length - 1) : index]
  const selected = next?.id ?? null
  useEffect(() => {
    if (selected === null || chosen === null || selected === chosen.id) return
    setChosen({ id: selected, index: chosen.index })
    if (document.activeElement === document.body) rowOf(selected)?.focus()
  }, [selected, chosen])
  const select = (item: InboxItem) => {
    setChosen({ id: item.id, index: items.findIndex(({ id }) => id === item.id) })
  }
  return { selected, select }
}

function rowOf(id: string | null): HTMLElement | null {
  if (id === null) return null
  return document.querySelector<HTMLElement>(`[data-item=${CSS.escape(id)}]`)
}

/** To where the answer is given, or else to the first thing that can be done. */
function focusFirst(box: HTMLElement | null): void {
  const field = box?.querySelector<HTMLElement>('textarea, input')
  const target = field ?? box?.querySelector<HTMLElement>('article button') ?? box
  target?.focus()
}
