import { type ReactNode, useMemo } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { useHost } from '../../app/host.js'
import { useQueue, waitOf } from '../../stores/queue.js'
import { useTasks } from '../../stores/tasks.js'
import { showArea, showSettings, showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { useWaitDetail } from './use-wait-detail.js'

/** Why a task waits, what that means, and what can be done about it. */
export function WaitRemedy({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.remedy
  const detail = useWaitDetail(task)
  const queue = useQueue()
  const wait = useMemo(() => waitOf(task, queue), [task, queue])
  const reason = wait?.reason ?? 'starting'
  return (
    <div className="mt-1.5 rounded-md border px-3 py-2">
      {detail !== null && <p className="break-words">{detail}</p>}
      <p className="text-muted">{text[reason]}</p>
      <Remedies reason={reason} blockedBy={wait?.blockedBy ?? []} />
    </div>
  )
}

interface RemediesProps {
  readonly reason: NonNullable<ReturnType<typeof waitOf>>['reason']
  readonly blockedBy: readonly string[]
}

/** More than this many names help nobody. */
const MOST_BLOCKERS = 4

function Remedies({ reason, blockedBy }: RemediesProps) {
  const text = useText().tasks.remedy
  const host = useHost()
  const names = useTasks((state) => state.byId)
  const buttons: ReactNode[] = []
  const add = (label: string, act: () => void) =>
    buttons.push(
      <Button key={label} small onClick={act}>
        {label}
      </Button>,
    )
  switch (reason) {
    case 'paused':
      add(text.resume, () => {
        host.call('queue.resume', {}).catch(failed(text.resumeFailed))
      })
      break
    case 'limit':
    case 'memory':
    case 'cpu':
      add(text.limits, () => showSettings('limits'))
      break
    case 'answer':
    case 'approval':
      add(text.inbox, () => showArea('inbox'))
      break
    default:
      break
  }
  for (const id of blockedBy.slice(0, MOST_BLOCKERS)) {
    const blocker = names[id as TaskId]
    if (blocker !== undefined) add(text.open(blocker.description), () => showTask(blocker.id))
  }
  if (buttons.length === 0) return null
  return <div className="mt-1.5 flex flex-wrap gap-1.5">{buttons}</div>
}
