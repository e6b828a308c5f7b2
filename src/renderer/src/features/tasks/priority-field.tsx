import type { TaskView } from '../../../../shared/model/task.js'
import { useText } from '../../text/text.js'
import { useTaskActions } from './task-actions.js'

const PRIORITIES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]

/** Moves a waiting task in the line. What it shows is what the host has stored. */
export function PriorityField({ task }: { readonly task: TaskView }) {
  const actions = useTaskActions()
  const text = useText().tasks.facts
  const meanings = new Map([
    [10, text.mostUrgent],
    [5, text.asUsual],
    [1, text.leastUrgent],
  ])
  return (
    <select
      aria-label={text.priority}
      value={task.priority}
      onChange={(event) => actions.setPriority(task.id, Number(event.currentTarget.value))}
      className="figures h-5 rounded border border-border-strong/60 bg-surface px-0.5 text-text text-xs"
    >
      {PRIORITIES.map((priority) => (
        <option key={priority} value={priority}>
          {meanings.get(priority) ?? priority}
        </option>
      ))}
    </select>
  )
}
