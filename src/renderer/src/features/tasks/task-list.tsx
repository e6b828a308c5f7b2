import { Bot, Repeat, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { VList } from 'virtua'
import type { TaskView } from '../../../../shared/model/task.js'
import { unreadCount, useMail } from '../../stores/mail.js'
import { useSchedules } from '../../stores/schedules.js'
import { filteredTasks, groupTasks, useTasks } from '../../stores/tasks.js'
import { setAgentsOpen, setSchedulesOpen } from '../../stores/view.js'
import { type Text, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { moveFocus } from '../../ui/move-focus.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { CountBadge } from '../agents/state-badge.js'
import { OlderTasks } from './older-tasks.js'
import { TaskRow } from './task-row.js'
import { useHostSearch } from './use-host-search.js'

type Row = { readonly heading: string } | { readonly task: TaskView; readonly first: boolean }

export function TaskList() {
  const { monitor, tasks: text } = useText()
  const loaded = useTasks((state) => state.loaded)
  const byId = useTasks((state) => state.byId)
  const found = useTasks((state) => state.found)
  const [filter, setFilter] = useState('')
  const applied = useDeferredValue(filter.trim())
  const rows = useMemo(
    () => rowsOf(filteredTasks({ byId, found }, applied), text.list),
    [byId, found, applied, text],
  )
  useHostSearch(applied)
  const none = Object.keys(byId).length === 0
  return (
    <section aria-label={monitor.title} className="@container flex h-full flex-col bg-bg">
      <PaneHeader title={monitor.title}>
        <OpenAgents />
        <OpenSchedules />
        <FilterField value={filter} onChange={setFilter} />
      </PaneHeader>
      {!loaded && <SkeletonRows rows={5} />}
      {loaded && none && (
        <div className="p-4 text-muted">
          <p className="font-medium text-text">{monitor.empty}</p>
          <p className="mt-1">{monitor.emptyHint}</p>
        </div>
      )}
      {loaded && !none && rows.length === 0 && (
        <p className="p-4 text-muted">{text.list.noMatch(applied)}</p>
      )}
      {rows.length > 0 && (
        <div className="min-h-0 flex-1" onKeyDown={moveFocus}>
          <VList data={rows} className="pb-2">
            {(row) =>
              'task' in row ? (
                <TaskRow key={row.task.id} task={row.task} first={row.first} />
              ) : (
                <h3 key={row.heading} className="px-4.5 pt-3 pb-1 font-medium text-muted text-xs">
                  {row.heading}
                </h3>
              )
            }
          </VList>
        </div>
      )}
      <OlderTasks />
    </section>
  )
}

/** In a pane that is dragged narrow the icons stand alone. */
const LABEL = '@max-[23rem]:sr-only'

function OpenSchedules() {
  const text = useText().tasks.list
  const count = useSchedules((state) => Object.keys(state.byId).length)
  return (
    <Button
      small
      kind="quiet"
      data-open-schedules
      title={text.recurringTasks}
      onClick={() => setSchedulesOpen(true)}
    >
      <Repeat aria-hidden size={13} strokeWidth={1.75} />
      <span className={cx('figures', LABEL)}>
        {count > 0 ? text.recurringCount(count) : text.recurring}
      </span>
    </Button>
  )
}

function OpenAgents() {
  const text = useText().tasks.list
  const unread = useMail((state) => unreadCount(state))
  return (
    <Button
      small
      kind="quiet"
      data-open-agents
      title={text.agents}
      onClick={() => setAgentsOpen(true)}
    >
      <Bot aria-hidden size={14} strokeWidth={1.75} />
      <span className={LABEL}>{text.agents}</span> <CountBadge count={unread} label={text.mail} />
    </Button>
  )
}

interface FilterFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function FilterField({ value, onChange }: FilterFieldProps) {
  const text = useText().monitor.filter
  return (
    <label className="flex h-7 w-24 min-w-0 @lg:w-36 items-center gap-1.5 rounded-md border bg-surface px-2 focus-within:border-accent-text">
      <Search aria-hidden size={13} className="shrink-0 text-faint" />
      <span className="sr-only">{text.text}</span>
      <input
        type="search"
        placeholder={text.placeholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="w-full min-w-0 bg-transparent text-xs outline-none"
      />
    </label>
  )
}

function rowsOf(tasks: readonly TaskView[], text: Text['tasks']['list']): readonly Row[] {
  const groups = groupTasks(tasks)
  const rows: Row[] = []
  const add = (name: string, list: readonly TaskView[]) => {
    if (list.length === 0) return
    const first = rows.length === 0
    rows.push({ heading: text.group(name, list.length) })
    rows.push(...list.map((task, index) => ({ task, first: first && index === 0 })))
  }
  add(text.running, groups.running)
  add(text.waiting, groups.waiting)
  add(text.finished, groups.finished)
  return rows
}
