import { Mail } from 'lucide-react'
import type { AgentView } from '../../../../shared/model/agent.js'
import { useAgents } from '../../stores/agents.js'
import { useTasks } from '../../stores/tasks.js'
import { showAgent, showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { doingText, nextText, orderText, usageText } from './agent-text.js'
import { StateBadge } from './state-badge.js'

/** Everybody in the session: how they stand, what they do, what waits for them. */
export function AgentList() {
  const loaded = useAgents((state) => state.loaded)
  const failed = useAgents((state) => state.error !== null)
  const byId = useAgents((state) => state.byId)
  const text = useText().agents
  if (!loaded) return failed ? null : <SkeletonRows rows={5} />
  return (
    <ul aria-label={text.title} className="divide-y">
      {Object.entries(byId).map(([agentId, agent]) => (
        <AgentRow key={agentId} agentId={agentId} agent={agent} />
      ))}
    </ul>
  )
}

interface AgentRowProps {
  readonly agentId: string
  readonly agent: AgentView
}

function AgentRow({ agentId, agent }: AgentRowProps) {
  const text = useText()
  const next = nextText(agent, text)
  return (
    <li className="px-4.5 py-2.5 hover:bg-hover">
      <div className="flex items-center gap-2">
        <button
          type="button"
          data-agent={agentId}
          className="min-w-0 truncate rounded font-medium hover:underline"
          title={agentId}
          onClick={() => showAgent(agentId)}
        >
          {agentId}
        </button>
        <StateBadge agent={agent} />
        <span className="ml-auto flex shrink-0 items-center gap-2.5 text-muted text-xs">
          <Unread count={agent.unread_mail} />
          {agent.queue_size > 0 && (
            <span className="figures">{text.agents.queued(agent.queue_size)}</span>
          )}
        </span>
      </div>
      <Doing agent={agent} />
      {next && <p className="mt-0.5 text-warn text-xs">{next}</p>}
      <Facts agent={agent} />
    </li>
  )
}

function Unread({ count }: { readonly count: number }) {
  const text = useText().agents.unread(count)
  if (count === 0) return null
  return (
    <span className="figures inline-flex items-center gap-1" title={text}>
      <Mail aria-hidden size={12} strokeWidth={1.75} />
      <span aria-hidden>{count}</span>
      <span className="sr-only">{text}</span>
    </span>
  )
}

/** What it does now; the task in hand leads to its details. */
export function Doing({ agent }: { readonly agent: AgentView }) {
  const words = useText()
  const now = useNow()
  const taskId = agent.current_task
  const task = useTasks((state) => (taskId === null ? undefined : state.byId[taskId]))
  const order = taskId && orderText(task?.description ?? taskId, words)
  const text = doingText(agent, order, now, words)
  const step = agent.state === 'active' ? task?.currentStep : undefined
  return (
    <div className="mt-0.5 text-muted">
      {taskId === null ? (
        <p className="line-clamp-5 break-words" title={text}>
          {text}
        </p>
      ) : (
        <button
          type="button"
          data-task={taskId}
          title={text}
          className="line-clamp-2 break-words rounded text-left text-accent-text hover:underline"
          onClick={() => showTask(taskId)}
        >
          {text}
        </button>
      )}
      {step && <p className="truncate text-xs">{step}</p>}
    </div>
  )
}

function Facts({ agent }: { readonly agent: AgentView }) {
  const text = useText()
  const { completed, failed, cancelled } = agent.tasks
  const done = [
    completed > 0 && text.agents.done(completed),
    failed > 0 && text.agents.failed(failed),
    cancelled > 0 && text.agents.cancelled(cancelled),
    usageText(agent, text),
  ].filter(Boolean)
  if (done.length === 0) return null
  return <p className="figures mt-0.5 text-faint text-xs">{done.join(' · ')}</p>
}
