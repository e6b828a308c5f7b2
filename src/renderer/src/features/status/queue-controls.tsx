import { Ban, ChevronUp, ListEnd, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { useHost } from '../../app/host.js'
import { useQueue } from '../../stores/queue.js'
import { clearableCount, useTasks } from '../../stores/tasks.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { countOf } from '../../ui/format.js'
import { Menu, MenuItem } from '../../ui/menu.js'
import { STATUS_BUTTON } from './status-button.js'

/** Holds the whole queue back, lets it go on, empties it. */
export function QueueControls() {
  const host = useHost()
  const draining = useQueue((state) => state.queue?.draining ?? false)
  const clearable = useClearable()
  const [clearing, setClearing] = useState(false)
  const change = useChange()
  const clear = () => {
    host.call('queue.clear', {}).then(({ cancelled }) => {
      toast(cancelled === 0 ? 'No task was waiting' : `${countOf(cancelled, 'task')} cancelled`)
    }, failed('The waiting tasks were not cancelled'))
  }
  return (
    <span className="flex shrink-0 items-center">
      <PauseButton />
      <Menu
        trigger={
          <button
            type="button"
            aria-label="More for the queue"
            title="More for the queue"
            className={STATUS_BUTTON}
          >
            <ChevronUp aria-hidden size={13} strokeWidth={1.75} />
          </button>
        }
      >
        <MenuItem disabled={draining} onSelect={() => change('queue.drain', 'Not drained')}>
          <ListEnd aria-hidden size={14} /> Drain: only finish what is there
        </MenuItem>
        <MenuItem danger disabled={clearable === 0} onSelect={() => setClearing(true)}>
          <Ban aria-hidden size={14} /> Cancel waiting tasks…
        </MenuItem>
      </Menu>
      {clearing && (
        <ConfirmDialog
          title={`Cancel ${countOf(clearable, 'waiting task')}?`}
          description="What runs goes on, and recurring tasks keep their next run. Each task can be tried again later."
          confirm={`Cancel ${countOf(clearable, 'task')}`}
          onConfirm={clear}
          onClose={() => setClearing(false)}
        />
      )}
    </span>
  )
}

function PauseButton() {
  const held = useQueue(({ queue }) => (queue?.paused ?? false) || (queue?.draining ?? false))
  const change = useChange()
  const Icon = held ? Play : Pause
  return (
    <button
      type="button"
      className={STATUS_BUTTON}
      title={held ? 'Let waiting tasks start again' : 'Hold back new tasks; what runs goes on'}
      onClick={() =>
        held ? change('queue.resume', 'Not resumed') : change('queue.pause', 'Not paused')
      }
    >
      <Icon aria-hidden size={12} strokeWidth={1.75} />
      {held ? 'Resume' : 'Pause'}
    </button>
  )
}

type Change = 'queue.pause' | 'queue.resume' | 'queue.drain'

function useChange(): (method: Change, failure: string) => void {
  const host = useHost()
  return (method, failure) => {
    host
      .call(method, {})
      .then((queue) => useQueue.setState({ queue, machine: queue.machine }))
      .catch(failed(failure))
  }
}

/** How many tasks the queue would cancel. */
function useClearable(): number {
  const pending = useQueue((state) => state.queue?.pendingCount ?? 0)
  return useTasks((tasks) => clearableCount(tasks, pending))
}
