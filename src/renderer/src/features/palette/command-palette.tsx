import { Command } from 'cmdk'
import {
  Bot,
  Clock,
  CornerDownRight,
  Folder,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  Settings2,
  SquareChevronRight,
  Workflow,
} from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useHost } from '../../app/host.js'
import { openDialog } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { bestFor, type PaletteGroup, type PaletteItem, type RankedGroup, ranked } from './rank.js'
import { itemsOfWindow } from './sources.js'
import { readUses, rememberUse } from './usage.js'
import { useHostItems } from './use-host-items.js'

const ICONS: Readonly<Record<PaletteGroup, LucideIcon>> = {
  here: CornerDownRight,
  recent: Clock,
  commands: SquareChevronRight,
  conversations: MessageSquare,
  tasks: ListChecks,
  agents: Bot,
  workflows: Workflow,
  settings: Settings2,
  workspaces: Folder,
}

/** Everything that can be done or gone to, by a few letters of it. What is chosen happens when the palette is gone. */
export function CommandPalette() {
  const host = useHost()
  const text = useText()
  const [query, setQuery] = useState('')
  const found = usePalette(query)
  const [moved, setMoved] = useState({ query: '', id: '' })
  const chosen = useRef<PaletteItem | null>(null)
  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return
    chosen.current = item
    rememberUse(item.id, Date.now())
    openDialog(null)
  }
  const first = found.groups[0]?.items[0]?.id ?? ''
  return (
    <Dialog.Root open onOpenChange={(open) => !open && openDialog(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-[10px] border bg-raised shadow-popover focus:outline-none"
          // The focus is back where it was before what was chosen moves it.
          onCloseAutoFocus={() => queueMicrotask(() => chosen.current?.run(host))}
        >
          <Dialog.Title className="sr-only">{text.palette.title}</Dialog.Title>
          <Command
            shouldFilter={false}
            loop
            label={text.palette.title}
            className="contents"
            value={moved.query === found.query ? moved.id : first}
            onValueChange={(id) => setMoved({ query: found.query, id })}
            onKeyDown={(event) => {
              // Whoever types faster than the list follows means the best of what they typed.
              if (event.key !== 'Enter' || query === found.query) return
              if (event.nativeEvent.isComposing) return
              event.preventDefault()
              choose(found.best())
            }}
          >
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={text.palette.placeholder}
              className="h-12 shrink-0 border-b bg-transparent px-4 text-base outline-none"
            />
            <Choices found={found} onChoose={choose} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface Found {
  /** What was looked for, which may be behind what is typed. */
  readonly query: string
  readonly groups: readonly RankedGroup[]
  readonly isLooking: boolean
  readonly failed: boolean
  /** The best for what is typed by now. */
  best(): PaletteItem | undefined
}

function usePalette(typed: string): Found {
  const text = useText()
  // Letters appear at once; what fits follows when there is time.
  const query = useDeferredValue(typed)
  const { items, isLooking, failed } = useHostItems(query)
  const [standing] = useState(() => ({ uses: readUses(), now: Date.now() }))
  const known = useMemo(() => itemsOfWindow(text), [text])
  const all = useMemo(() => {
    // A task that this window knows and the host has found is one; the host knows why it fits.
    const byId = new Map([...known, ...items].map((item) => [item.id, item]))
    return [...byId.values()]
  }, [known, items])
  const groups = useMemo(() => ranked(all, query, standing), [all, query, standing])
  const best = () => bestFor(all, typed, standing)
  return { query, groups, isLooking, failed, best }
}

interface ChoicesProps {
  readonly found: Found
  readonly onChoose: (item: PaletteItem) => void
}

function Choices({ found: { groups, isLooking, failed }, onChoose }: ChoicesProps) {
  const text = useText().palette
  return (
    <>
      <Command.List
        label={text.title}
        className="min-h-0 scroll-py-2 overflow-y-auto overscroll-contain p-2 empty:p-0"
      >
        {groups.map(({ group, items }) => (
          <Command.Group
            key={group}
            heading={text.groups[group]}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {items.map((item) => (
              <Choice key={item.id} item={item} onChoose={onChoose} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <p role="status" className="border-t px-4 py-2 text-muted text-xs empty:hidden">
        {isLooking && text.looking}
        {failed && text.notLooked}
        {groups.length === 0 && !isLooking && !failed && text.nothing}
      </p>
    </>
  )
}

interface ChoiceProps {
  readonly item: PaletteItem
  readonly onChoose: (item: PaletteItem) => void
}

function Choice({ item, onChoose }: ChoiceProps) {
  const Icon = ICONS[item.group]
  return (
    <Command.Item
      value={item.id}
      onSelect={() => onChoose(item)}
      className="flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 data-[selected=true]:bg-selected"
    >
      <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span className="min-w-0 truncate">{item.title}</span>
      {item.detail && (
        <span className="min-w-0 flex-1 shrink-[2] truncate text-faint text-xs">{item.detail}</span>
      )}
      {item.keys && (
        <kbd className="ml-auto shrink-0 rounded border bg-bg px-1.5 font-sans text-muted text-xs leading-5">
          {item.keys}
        </kbd>
      )}
    </Command.Item>
  )
}
