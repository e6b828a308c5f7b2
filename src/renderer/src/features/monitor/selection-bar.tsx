import { Play, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import { useHost } from '../../app/host.js'
import { useQueue } from '../../stores/queue.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { actOnAll, applicable, type BulkAction } from './bulk-actions.js'

interface SelectionBarProps {
  readonly tasks: readonly TaskView[]
  readonly onDone: () => void
}

const PRIORITIES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]

/** What can be done to the selected tasks; of each action how many it is for. */
export function SelectionBar({ tasks, onDone }: SelectionBarProps) {
  const { monitor: text, status } = useText()
  const host = useHost()
  const queue = useQueue()
  const act = (action: BulkAction) => {
    // Where not all is known, the selection stays to try again.
    void actOnAll(host, applicable(tasks, action.kind, queue), action).then((isAllKnown) => {
      if (isAllKnown) onDone()
    })
  }
  const [cancelling, setCancelling] = useState(false)
  const unfinished = applicable(tasks, 'cancel', queue).length
  const waiting = applicable(tasks, 'priority', queue).length
  return (
    <div
      role="toolbar"
      aria-label={text.selected(tasks.length)}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-raised px-3 py-2"
    >
      <span className="figures mr-1 font-medium">{text.selected(tasks.length)}</span>
      <BulkButton
        tasks={tasks}
        kind="cancel"
        onAct={(action) => (unfinished > 1 ? setCancelling(true) : act(action))}
        icon={<X aria-hidden size={13} />}
      />
      <BulkButton
        tasks={tasks}
        kind="retry"
        onAct={act}
        icon={<RotateCcw aria-hidden size={12} />}
      />
      <BulkButton tasks={tasks} kind="runNow" onAct={act} icon={<Play aria-hidden size={12} />} />
      {waiting > 0 && (
        <label className="flex items-center gap-1.5 text-muted text-xs">
          {text.actions.priority}
          <select
            value=""
            onChange={(event) =>
              act({ kind: 'priority', priority: Number(event.currentTarget.value) })
            }
            className="figures h-6 rounded border border-border-strong/60 bg-surface px-1 text-text"
          >
            <option value="" disabled>
              –
            </option>
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {priority}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button small kind="quiet" className="ml-auto" onClick={onDone}>
        {text.unselect}
      </Button>
      {cancelling && (
        <ConfirmDialog
          title={text.askCancel(unfinished)}
          description={text.cancelHint}
          confirm={status.cancelThem(unfinished)}
          onConfirm={() => act({ kind: 'cancel' })}
          onClose={() => setCancelling(false)}
        />
      )}
    </div>
  )
}

interface BulkButtonProps {
  readonly tasks: readonly TaskView[]
  readonly kind: 'cancel' | 'retry' | 'runNow'
  readonly icon: React.ReactNode
  readonly onAct: (action: BulkAction) => void
}

function BulkButton({ tasks, kind, icon, onAct }: BulkButtonProps) {
  const text = useText().monitor
  const queue = useQueue()
  const count = applicable(tasks, kind, queue).length
  if (count === 0) return null
  return (
    <Button small onClick={() => onAct({ kind })}>
      {icon} {text.actions[kind]}
      {count < tasks.length && <span className="figures text-muted">({count})</span>}
    </Button>
  )
}
