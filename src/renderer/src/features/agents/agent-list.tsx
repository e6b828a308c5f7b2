import { Mail } from 'lucide-react'
import type { AgentView } from '../../../../shared/model/agent.js'
import { useAgents } from '../../stores/agents.js'
import { useTasks } from '../../stores/tasks.js'
import { showAgent, showTask } from '../../stores/view.js'
import { countOf } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { doingText, nextText, orderText, usageText } from './agent-text.js'
import { StateBadge } from './state-badge.js'

/** Everybody in the session: how they stand, what they do, what waits for them. */
export function AgentList() {
  const loaded = useAgents((state) => state.loaded)
  const failed = useAgents((state) => state.error !== null)
  const byId = useAgents((state) => state.byId)
  if (!loaded) return failed ? null : <SkeletonRows rows={5} />
  return (
    <ul aria-label="Agents" className="divide-y">
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
  const next = nextText(agent)
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
          {agent.queue_size > 0 && <span className="figures">{agent.queue_size} queued</span>}
        </span>
      </div>
      <Doing agent={agent} />
      {next && <p className="mt-0.5 text-warn text-xs">{next}</p>}
      <Facts agent={agent} />
    </li>
  )
}

function Unread({ count }: { readonly count: number }) {
  if (count === 0) return null
  return (
    <span className="figures inline-flex items-center gap-1" title={countOf(count, 'unread mail')}>
      <Mail aria-hidden size={12} strokeWidth={1.75} />
      {count}
      <span className="sr-only">unread mail</span>
    </span>
  )
}

/** What it does now; the task in hand leads to its details. */
export function Doing({ agent }: { readonly agent: AgentView }) {
  const now = useNow()
  const taskId = agent.current_task
  const task = useTasks((state) => (taskId === null ? undefined : state.byId[taskId]))
  const text = doingText(agent, taskId && orderText(task?.description ?? taskId), now)
  const step = agent.state === 'active' ? task?.currentStep : undefined
  return (
    <div className="mt-0.5 text-muted">
      {taskId === null ? (
        <p className="line-clamp-3 break-words">{text}</p>
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
  const { completed, failed, cancelled } = agent.tasks
  const done = [
    completed > 0 && `${completed} done`,
    failed > 0 && `${failed} failed`,
    cancelled > 0 && `${cancelled} cancelled`,
    usageText(agent),
  ].filter(Boolean)
  if (done.length === 0) return null
  return <p className="figures mt-0.5 text-faint text-xs">{done.join(' · ')}</p>
}
