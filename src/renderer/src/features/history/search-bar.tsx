import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { TaskState, TaskType } from '../../../../shared/model/task.js'
import { useConversations } from '../../stores/conversations.js'
import {
  askHistory,
  filterHistory,
  type HistoryQuestion,
  NO_QUESTION,
  useHistory,
} from '../../stores/history.js'
import { useSettings } from '../../stores/settings.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { folderName } from '../../ui/format.js'
import { FilterSelect, type Option } from './filter-select.js'

/** What is looked for, and by what it is filtered. */
export function SearchBar({ status }: { readonly status: ReactNode }) {
  const text = useText().history
  const query = useHistory((state) => state.question.filter.query ?? '')
  const field = useAwaitedField()
  return (
    <search aria-label={text.title} className="flex shrink-0 flex-col gap-2 border-b px-3 py-2.5">
      <div className="flex h-9 items-center gap-2 rounded-md border border-border-strong/60 bg-surface px-3 focus-within:border-accent-text">
        <label className="flex h-full min-w-0 flex-1 items-center gap-2">
          <Search aria-hidden size={15} className="shrink-0 text-faint" />
          <span className="sr-only">{text.search}</span>
          <input
            ref={field}
            id="history-search"
            type="search"
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            maxLength={10_000}
            placeholder={text.search}
            value={query}
            onChange={(event) => filterHistory({ query: event.currentTarget.value || undefined })}
            className="h-full w-full min-w-0 bg-transparent outline-none placeholder:text-faint"
          />
        </label>
        <output className="figures shrink-0 text-muted text-xs">{status}</output>
      </div>
      <Filters />
    </search>
  )
}

/** Takes the focus where the field was asked for before it was there; what was typed meanwhile stands in it. */
function useAwaitedField() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!useHistory.getState().fieldAwaited) return
    field.current?.focus()
    useHistory.setState({ fieldAwaited: false })
  }, [])
  return field
}

function Filters() {
  const text = useText().history
  const words = text.filters
  const question = useHistory((state) => state.question)
  const { filter, span } = question
  const kind = filter.kinds?.[0] ?? ''
  const isFiltered = question.span !== 'any' || Object.keys(filter).some((key) => key !== 'query')
  const spans: Option[] = (['any', 'today', 'week', 'month', 'range'] as const).map((value) => ({
    value,
    label: words[value],
  }))
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">{words.label}</legend>
      <FilterSelect
        label={words.time}
        value={span}
        unset="any"
        options={spans}
        onChange={(value) => askHistory({ span: value as HistoryQuestion['span'] })}
      />
      {span === 'range' && <Range />}
      <FilterSelect
        label={words.kind}
        value={kind}
        options={[
          { value: '', label: words.anyKind },
          { value: 'task', label: words.task },
          { value: 'message', label: words.message },
        ]}
        onChange={(value) => {
          const only = value === 'task' || value === 'message' ? [value] : undefined
          const none = { type: undefined, state: undefined, agent: undefined, workspace: undefined }
          filterHistory({
            kinds: only as ['task' | 'message'] | undefined,
            ...(value === 'message' ? none : {}),
          })
        }}
      />
      {kind !== 'message' && <TaskFilters />}
      <ConversationFilter />
      {isFiltered && (
        <Button
          small
          kind="quiet"
          onClick={() => {
            const { query } = filter
            askHistory({ ...NO_QUESTION, filter: query === undefined ? {} : { query } })
          }}
        >
          {words.clear}
        </Button>
      )}
    </fieldset>
  )
}

/** Filters that only tasks have. */
function TaskFilters() {
  const text = useText().history
  const words = text.filters
  const filter = useHistory((state) => state.question.filter)
  const workspaces = useSettings((state) => state.settings?.workspaces)
  const folders = [...new Set([...(workspaces ?? []), ...given(filter.workspace)])]
  return (
    <>
      <FilterSelect
        label={words.state}
        value={filter.state ?? ''}
        options={[
          { value: '', label: words.anyState },
          ...TaskState.options.map((value) => ({ value, label: text.states[value] })),
        ]}
        onChange={(value) => filterHistory({ state: TaskState.safeParse(value).data })}
      />
      <FilterSelect
        label={words.type}
        value={filter.type ?? ''}
        options={[
          { value: '', label: words.anyType },
          ...TaskType.options.map((value) => ({ value, label: text.types[value] })),
        ]}
        onChange={(value) => filterHistory({ type: TaskType.safeParse(value).data })}
      />
      <FilterSelect
        label={words.workspace}
        value={filter.workspace ?? ''}
        options={[
          { value: '', label: words.anyWorkspace },
          ...folders.map((value) => ({ value, label: folderName(value) })),
        ]}
        onChange={(value) => filterHistory({ workspace: value || undefined })}
      />
      <label className="flex items-center">
        <span className="sr-only">{words.agent}</span>
        <input
          type="text"
          placeholder={words.agent}
          maxLength={100}
          value={filter.agent ?? ''}
          onChange={(event) =>
            filterHistory({ agent: event.currentTarget.value.trim() || undefined })
          }
          className="h-7 w-28 rounded-md border bg-surface px-2 text-xs placeholder:text-muted"
        />
      </label>
    </>
  )
}

function ConversationFilter() {
  const words = useText().history.filters
  const conversationId = useHistory((state) => state.question.filter.conversationId)
  const byId = useConversations((state) => state.byId)
  const untitled = useText().chat.untitled
  const options = useMemo(() => {
    const known = Object.values(byId).sort((a, b) => b.updatedAt - a.updatedAt)
    return known.map((one) => ({ value: one.conversationId, label: one.title || untitled }))
  }, [byId, untitled])
  return (
    <FilterSelect
      label={words.conversation}
      value={conversationId ?? ''}
      options={[{ value: '', label: words.anyConversation }, ...options]}
      onChange={(value) =>
        filterHistory({ conversationId: value === '' ? undefined : (value as ConversationId) })
      }
    />
  )
}

const DAY_FIELD = 'h-7 rounded-md border bg-surface px-2 text-xs'

/** Days of the person; the last one is part of the span. */
function Range() {
  const words = useText().history.filters
  const { from, to } = useHistory((state) => state.question.filter)
  return (
    <>
      <label className="flex items-center gap-1 text-muted text-xs">
        {words.from}
        <input
          type="date"
          className={DAY_FIELD}
          value={from === undefined ? '' : dayOf(from)}
          onChange={(event) => filterHistory({ from: startOf(event.currentTarget.value, 0) })}
        />
      </label>
      <label className="flex items-center gap-1 text-muted text-xs">
        {words.to}
        <input
          type="date"
          className={DAY_FIELD}
          value={to === undefined ? '' : dayOf(to - 1)}
          onChange={(event) => filterHistory({ to: startOf(event.currentTarget.value, 1) })}
        />
      </label>
    </>
  )
}

function startOf(day: string, daysLater: number): number | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const at = new Date(year, month - 1, date + daysLater).getTime()
  return Number.isNaN(at) || at < 0 ? undefined : at
}

function dayOf(at: number): string {
  const day = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

function given(value: string | undefined): string[] {
  return value === undefined ? [] : [value]
}
