import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { toast } from 'sonner'
import { VList } from 'virtua'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { announceText } from '../../app/announcer.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { useTaskActions } from '../tasks/task-actions.js'
import { BoardCard } from './board-cards.js'
import { placementAt } from './drag-priority.js'

/** What waits, in the order in which it will start; a task is dragged, or moved with Alt and an arrow. */
export function WaitingColumn({ line }: { readonly line: readonly TaskView[] }) {
  const { dragged, gap, start, over, drop, end } = useDrag(line)
  const move = useMove(line)
  return (
    <VList data={line} className="min-h-0 flex-1 pb-2" onDrop={drop} onDragEnd={end}>
      {(task, index) => (
        <div
          key={task.id}
          onDragOver={(event) => over(event, index)}
          className={cx(
            'border-transparent border-t-2',
            dragged !== null && gap === index && 'border-accent-text',
            dragged !== null &&
              gap === line.length &&
              index === line.length - 1 &&
              'border-b-2 border-b-accent-text',
          )}
        >
          <BoardCard
            task={task}
            first={index === 0}
            draggable
            className={cx('cursor-grab', dragged === task.id && 'opacity-50')}
            onDragStart={(event) => start(event, task.id)}
            onKeyDown={(event) => move(event, task, index)}
            extra={<span className="figures shrink-0 text-faint text-xs">{task.priority}</span>}
          />
        </div>
      )}
    </VList>
  )
}

function useDrag(line: readonly TaskView[]) {
  const reprioritise = useReprioritise(line)
  const [dragged, setDragged] = useState<TaskId | null>(null)
  const [gap, setGap] = useState<number | null>(null)
  const end = () => {
    setDragged(null)
    setGap(null)
  }
  return {
    dragged,
    gap,
    end,
    start: (event: DragEvent, id: TaskId) => {
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', id)
      setDragged(id)
    },
    over: (event: DragEvent, index: number) => {
      if (dragged === null) return
      event.preventDefault()
      const box = event.currentTarget.getBoundingClientRect()
      const below = event.clientY > box.top + box.height / 2
      setGap(below ? index + 1 : index)
    },
    drop: (event: DragEvent) => {
      event.preventDefault()
      const task = line.find(({ id }) => id === dragged)
      if (task !== undefined && gap !== null) reprioritise(task, gap)
      end()
    },
  }
}

function useMove(line: readonly TaskView[]) {
  const reprioritise = useReprioritise(line)
  return (event: KeyboardEvent, task: TaskView, index: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    reprioritise(task, event.key === 'ArrowUp' ? index - 1 : index + 2)
  }
}

/** Gives the task the priority that brings it before the one at `gap` of the line, the task itself counted. */
function useReprioritise(line: readonly TaskView[]) {
  const text = useText().monitor
  const actions = useTaskActions()
  return (task: TaskView, gap: number) => {
    const from = line.findIndex(({ id }) => id === task.id)
    const others = line.filter(({ id }) => id !== task.id)
    const index = Math.max(0, Math.min(gap > from ? gap - 1 : gap, others.length))
    if (index === from) return
    const { priority } = placementAt(task, others, index)
    if (priority === task.priority) {
      toast(text.cannotMove)
      return
    }
    actions.setPriority(task.id, priority)
    announceText(text.moved(task.description, priority))
  }
}
