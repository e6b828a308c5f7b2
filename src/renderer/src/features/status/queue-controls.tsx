import { Ban, ChevronUp, ListEnd, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { useHost } from '../../app/host.js'
import { useQueue } from '../../stores/queue.js'
import { clearableCount, useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { Menu, MenuItem } from '../../ui/menu.js'
import { STATUS_BUTTON } from './status-button.js'

/** Holds the whole queue back, lets it go on, empties it. */
export function QueueControls() {
  const text = useText().status
  const host = useHost()
  const draining = useQueue((state) => state.queue?.draining ?? false)
  const clearable = useClearable()
  const [clearing, setClearing] = useState(false)
  const change = useChange()
  const clear = () => {
    host.call('queue.clear', {}).then(({ cancelled }) => {
      toast(cancelled === 0 ? text.noneWaited : text.cancelled(cancelled))
    }, failed(text.notCancelled))
  }
  return (
    <span className="flex shrink-0 items-center">
      <PauseButton />
      <Menu
        trigger={
          <button type="button" aria-label={text.more} title={text.more} className={STATUS_BUTTON}>
            <ChevronUp aria-hidden size={13} strokeWidth={1.75} />
          </button>
        }
      >
        <MenuItem disabled={draining} onSelect={() => change('queue.drain', text.notDrained)}>
          <ListEnd aria-hidden size={14} /> {text.drain}
        </MenuItem>
        <MenuItem danger disabled={clearable === 0} onSelect={() => setClearing(true)}>
          <Ban aria-hidden size={14} /> {text.cancelWaiting}
        </MenuItem>
      </Menu>
      {clearing && (
        <ConfirmDialog
          title={text.askCancel(clearable)}
          description={text.cancelHint}
          confirm={text.cancelThem(clearable)}
          onConfirm={clear}
          onClose={() => setClearing(false)}
        />
      )}
    </span>
  )
}

function PauseButton() {
  const text = useText().status
  const held = useQueue(({ queue }) => (queue?.paused ?? false) || (queue?.draining ?? false))
  const change = useChange()
  const Icon = held ? Play : Pause
  return (
    <button
      type="button"
      className={STATUS_BUTTON}
      title={held ? text.letGo : text.hold}
      onClick={() =>
        held ? change('queue.resume', text.notResumed) : change('queue.pause', text.notPaused)
      }
    >
      <Icon aria-hidden size={12} strokeWidth={1.75} />
      {held ? text.resume : text.pause}
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
