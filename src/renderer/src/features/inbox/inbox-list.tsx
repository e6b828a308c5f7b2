import { type KeyboardEvent, useMemo } from 'react'
import type { InboxItem, InboxKind } from '../../../../shared/model/inbox.js'
import { useInbox } from '../../stores/inbox.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { formatAgo } from '../../ui/format.js'
import { moveFocus } from '../../ui/move-focus.js'
import { useNow } from '../../ui/time.js'
import { detailOf, LOOKS, titleOf } from './inbox-look.js'

interface InboxListProps {
  readonly items: readonly InboxItem[]
  readonly selected: string | null
  readonly onSelect: (item: InboxItem) => void
  /** To what answers the item. */
  readonly onEnter: (item: InboxItem) => void
}

/** Everything that waits, by kind; walked through with the arrows, or J and K. */
export function InboxList({ items, selected, onSelect, onEnter }: InboxListProps) {
  const text = useText().inbox
  const groups = useMemo(() => groupsOf(items), [items])
  const counts = useInbox((state) => state.counts.byKind)
  return (
    <section
      aria-label={text.items}
      className="min-h-0 flex-1 overflow-y-auto pb-2"
      onKeyDown={walk}
    >
      {groups.map(([kind, ofKind]) => (
        <section key={kind} aria-labelledby={`inbox-${kind}`}>
          <h3
            id={`inbox-${kind}`}
            className="sticky top-0 z-10 flex items-baseline gap-2 bg-surface px-4 pt-3 pb-1 font-medium text-muted text-xs"
          >
            {text.kinds[kind]}
            <span className="figures text-faint">{Math.max(counts[kind], ofKind.length)}</span>
          </h3>
          <ul>
            {ofKind.map((item) => (
              <li key={item.id}>
                <Row
                  item={item}
                  selected={item.id === selected}
                  first={selected === null && item === items[0]}
                  onSelect={onSelect}
                  onEnter={onEnter}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

interface RowProps {
  readonly item: InboxItem
  readonly selected: boolean
  /** Nothing is selected, and it is the first that the keyboard meets. */
  readonly first: boolean
  readonly onSelect: (item: InboxItem) => void
  readonly onEnter: (item: InboxItem) => void
}

function Row({ item, selected, first, onSelect, onEnter }: RowProps) {
  const text = useText().inbox
  const now = useNow()
  const { icon: Icon, color } = LOOKS[item.kind]
  const detail = detailOf(item, text)
  return (
    <button
      type="button"
      data-row
      data-item={item.id}
      tabIndex={selected || first ? 0 : -1}
      aria-current={selected ? 'true' : undefined}
      onFocus={() => onSelect(item)}
      onClick={() => onEnter(item)}
      className={cx(
        'flex w-full items-start gap-2.5 px-4 py-2 text-left focus-visible:-outline-offset-2',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <Icon aria-hidden size={15} strokeWidth={1.75} className={cx('mt-0.5 shrink-0', color)} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
            {titleOf(item, text)}
          </span>
          <span className="figures shrink-0 text-faint text-xs">{formatAgo(item.since, now)}</span>
        </span>
        {detail !== '' && <span className="block truncate text-muted text-xs">{detail}</span>}
      </span>
    </button>
  )
}

/** J and K do what the arrows do. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
  const arrow = isPlain ? { j: 'ArrowDown', k: 'ArrowUp' }[event.key.toLowerCase()] : undefined
  moveFocus(arrow === undefined ? event : Object.assign(Object.create(event), { key: arrow }))
}

function groupsOf(items: readonly InboxItem[]): [InboxKind, InboxItem[]][] {
  const groups = new Map<InboxKind, InboxItem[]>()
  for (const item of items) {
    const group = groups.get(item.kind)
    if (group === undefined) groups.set(item.kind, [item])
    else group.push(item)
  }
  return [...groups]
}
