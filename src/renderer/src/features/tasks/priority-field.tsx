import type { TaskView } from '../../../../shared/model/task.js'
import { useTaskActions } from './task-actions.js'

const PRIORITIES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
const MEANINGS: Readonly<Record<number, string>> = {
  10: ', most urgent',
  5: ', as usual',
  1: ', least urgent',
}

/** Moves a waiting task in the line. What it shows is what the host has stored. */
export function PriorityField({ task }: { readonly task: TaskView }) {
  const actions = useTaskActions()
  return (
    <select
      aria-label="Priority"
      value={task.priority}
      onChange={(event) => actions.setPriority(task.id, Number(event.currentTarget.value))}
      className="figures h-5 rounded border border-border-strong/60 bg-surface px-0.5 text-text text-xs"
    >
      {PRIORITIES.map((priority) => (
        <option key={priority} value={priority}>
          {priority}
          {MEANINGS[priority]}
        </option>
      ))}
    </select>
  )
}
