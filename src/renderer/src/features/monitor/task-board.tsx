import { useMemo } from 'react'
import type { TaskState } from '../../../../shared/model/task.js'
import { type TaskFilter, USUAL_SORT } from '../../stores/monitor.js'
import { useText, useWords } from '../../text/text.js'
import { moveFocus } from '../../ui/move-focus.js'
import { StateIcon } from '../tasks/task-state.js'
import { BoardCards } from './board-cards.js'
import { ListEnd } from './list-end.js'
import { sorted } from './task-filter.js'
import { useListing } from './use-listing.js'
import { WaitingColumn } from './waiting-column.js'

const STATES: readonly TaskState[] = ['pending', 'running', 'completed', 'failed', 'cancelled']

/** A column for each state that the filter lets through; what waits can be moved in its line. */
export function TaskBoard({ filter }: { readonly filter: TaskFilter }) {
  const text = useText().monitor
  const { states } = filter
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={moveFocus}>
      <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto p-3">
        {STATES.filter((state) => states.length === 0 || states.includes(state)).map((state) => (
          <Column key={state} state={state} filter={filter} />
        ))}
      </div>
      <p className="shrink-0 border-t px-4 py-1.5 text-faint text-xs max-sm:hidden">
        {text.boardHint}
      </p>
    </div>
  )
}

function Column({ state, filter }: { readonly state: TaskState; readonly filter: TaskFilter }) {
  const text = useText().monitor
  const locale = useWords((words) => words.locale)
  const listing = useListing({ filter: { ...filter, states: [state] }, sort: USUAL_SORT })
  const { tasks, total, hasMore, asking, error } = listing
  const list = useMemo(() => sorted(tasks, USUAL_SORT, 0), [tasks])
  const shown = list.length.toLocaleString(locale)
  // Of a search that goes on it is known only that there are more.
  const count = total === null ? (hasMore ? `${shown}+` : shown) : total.toLocaleString(locale)
  return (
    <section
      aria-label={text.column(text.states[state], count)}
      className="flex h-full w-64 min-w-52 flex-1 flex-col rounded-lg border bg-surface"
    >
      <h3 className="flex h-9 shrink-0 items-center gap-2 px-3 font-medium">
        <StateIcon state={state} small />
        {text.states[state]}
        <span className="figures ml-auto font-normal text-muted text-xs">{count}</span>
      </h3>
      {list.length === 0 && !asking && error === null && (
        <p className="px-3 py-1 text-faint text-xs">{text.nothingHere}</p>
      )}
      {state === 'pending' ? <WaitingColumn line={list} /> : <BoardCards tasks={list} />}
      {(hasMore || asking || error !== null) && <ListEnd listing={listing} />}
    </section>
  )
}
