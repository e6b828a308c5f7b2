import { useMemo } from 'react'
import type { TaskState, TaskView } from '../../../../shared/model/task.js'
import { groupTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { moveFocus } from '../../ui/move-focus.js'
import { StateIcon } from '../tasks/task-state.js'
import { BoardCards } from './board-cards.js'
import { WaitingColumn } from './waiting-column.js'

const STATES: readonly TaskState[] = ['pending', 'running', 'completed', 'failed', 'cancelled']

/** A column for each state; what waits can be moved in its line. */
export function TaskBoard({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const text = useText().monitor
  const columns = useMemo(() => columnsOf(tasks), [tasks])
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={moveFocus}>
      <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto p-3">
        {STATES.map((state) => {
          const list = columns[state]
          return (
            <section
              key={state}
              aria-label={text.column(text.states[state], list.length)}
              className="flex h-full w-64 min-w-52 flex-1 flex-col rounded-lg border bg-surface"
            >
              <h3 className="flex h-9 shrink-0 items-center gap-2 px-3 font-medium">
                <StateIcon state={state} small />
                {text.states[state]}
                <span className="figures ml-auto font-normal text-muted text-xs">
                  {list.length}
                </span>
              </h3>
              {list.length === 0 && (
                <p className="px-3 py-1 text-faint text-xs">{text.nothingHere}</p>
              )}
              {state === 'pending' ? <WaitingColumn line={list} /> : <BoardCards tasks={list} />}
            </section>
          )
        })}
      </div>
      <p className="shrink-0 border-t px-4 py-1.5 text-faint text-xs max-sm:hidden">
        {text.boardHint}
      </p>
    </div>
  )
}

/** In the orders of the list beside the chat. */
function columnsOf(tasks: readonly TaskView[]): Readonly<Record<TaskState, readonly TaskView[]>> {
  const { running, waiting, finished } = groupTasks(tasks)
  const ended = (state: TaskState) => finished.filter((task) => task.state === state)
  return {
    pending: waiting,
    running,
    completed: ended('completed'),
    failed: ended('failed'),
    cancelled: ended('cancelled'),
  }
}
