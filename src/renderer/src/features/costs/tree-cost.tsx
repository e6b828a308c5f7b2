import type { TaskView } from '../../../../shared/model/task.js'
import { useRead } from '../../app/use-read.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { spentText, unpricedText } from './cost-text.js'

/** What a task and everything below it have used up; nothing for a task that stands alone. */
export function TreeCost({ task }: { readonly task: TaskView }) {
  // Another text means that something below it moved on: then there may be more to tell.
  const below = useTasks(({ byId }) =>
    Object.values(byId)
      .filter(({ parentId }) => parentId === task.id)
      .map(({ state, attempt }) => `${state} ${attempt}`)
      .join(),
  )
  if (below === '' && task.type !== 'orchestration') return null
  return <Sum task={task} stand={`${task.state} ${task.attempt} ${below}`} />
}

function Sum({ task, stand }: { readonly task: TaskView; readonly stand: string }) {
  const text = useText().costs
  const { value } = useRead('cost.tree', { taskId: task.id }, stand)
  if (value === null || value.below.tasks === 0) return null
  const unpriced = unpricedText(value.total)
  return (
    <p className="figures shrink-0 px-4 pb-2 text-muted text-xs">
      {text.withBelow(value.below.tasks, spentText(value.total))}
      {unpriced && `, ${unpriced}`}
    </p>
  )
}
