import { useState } from 'react'
import type { AgentWork } from '../../../../shared/model/agent.js'
import { useRead } from '../../app/use-read.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { formatMoment } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { endText, StateIcon } from '../tasks/task-state.js'
import type { AgentProps } from './agent-detail.js'
import { orderText } from './agent-text.js'

const PER_PAGE = 50
const MOST = 500

/** What an agent has done, does and is to do, newest first. */
export function AgentWorkList({ sessionId, agentId, agent }: AgentProps) {
  const { work: text, tabs } = useText().agentDetail
  const [limit, setLimit] = useState(PER_PAGE)
  const { current_task, queue_size, tasks } = agent
  const stand = JSON.stringify([current_task, queue_size, tasks])
  const { value, error } = useRead('async.agentWork', { sessionId, agentId, limit }, stand)
  if (value === null) {
    if (error === null) return <SkeletonRows rows={3} />
    return <p className="p-4 text-bad">{text.notRead(error)}</p>
  }
  if (value.work.length === 0) {
    return <p className="p-4 text-muted">{text.none}</p>
  }
  return (
    <>
      <ol aria-label={tabs.work} className="divide-y">
        {value.work.map((work) => (
          <WorkRow key={work.taskId} work={work} />
        ))}
      </ol>
      {value.nextCursor !== null && limit < MOST && (
        <div className="border-t p-2 text-center">
          <Button small kind="quiet" onClick={() => setLimit(Math.min(MOST, limit * 2))}>
            {text.older}
          </Button>
        </div>
      )}
    </>
  )
}

function WorkRow({ work }: { readonly work: AgentWork }) {
  const text = useText()
  const { kinds, states } = text.agentDetail.work
  const now = useNow()
  const task = useTasks((state) => state.byId[work.taskId])
  const order = orderText(work.description, text)
  const state = task === undefined || work.state === 'queued' ? states[work.state] : endText(task)
  return (
    <li className="px-4 py-2">
      <button
        type="button"
        data-task={work.taskId}
        className="line-clamp-2 w-full break-words rounded text-left hover:underline"
        title={order}
        onClick={() => showTask(work.taskId)}
      >
        {order}
      </button>
      <p className="figures mt-0.5 flex items-center gap-1.5 text-muted text-xs">
        {task && <StateIcon state={task.state} small />}
        {state} · {kinds[work.kind]} · {formatMoment(work.createdAt, now)}
      </p>
      {task?.error && <p className="mt-0.5 break-words text-bad text-xs">{task.error.message}</p>}
    </li>
  )
}
