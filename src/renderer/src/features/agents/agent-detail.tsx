import { ArrowLeft } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useEffect } from 'react'
import type { AgentView } from '../../../../shared/model/agent.js'
import { useAgents } from '../../stores/agents.js'
import { showAgent } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { AgentControls } from './agent-controls.js'
import { AgentFacts } from './agent-facts.js'
import { Doing } from './agent-list.js'
import { AgentLog } from './agent-log.js'
import { nextText } from './agent-text.js'
import { AgentTimeline } from './agent-timeline.js'
import { AgentWorkList } from './agent-work-list.js'
import { SendTask } from './send-task.js'
import { StateBadge } from './state-badge.js'

/** One agent in full: what it is, what can be asked of it, what it did. */
export function AgentDetail({ agentId }: { readonly agentId: string }) {
  const agent = useAgents((state) => state.byId[agentId])
  const loaded = useAgents((state) => state.loaded)
  const sessionId = useAgents((state) => state.sessionId)
  const text = useText().agentDetail
  // Whoever comes back from a task goes to where it was opened.
  useEffect(() => focusWhenFree('[data-agents-pane]'), [])
  return (
    <section
      data-agents-pane
      tabIndex={-1}
      aria-label={text.title}
      className="flex h-full flex-col bg-bg outline-none"
      onKeyDown={(event) => {
        const { target, currentTarget } = event
        if (event.key !== 'Escape' || target instanceof HTMLTextAreaElement) return
        // The keys of a dialog bubble up to the pane as well.
        if (!(target instanceof Node && currentTarget.contains(target))) return
        event.stopPropagation()
        backToAgents(agentId)
      }}
    >
      <PaneHeader
        title={
          <span className="flex items-center gap-2">
            <span className="truncate" title={agentId}>
              {agentId}
            </span>
            {agent && <StateBadge agent={agent} />}
          </span>
        }
        before={
          <IconButton icon={ArrowLeft} label={text.back} onClick={() => backToAgents(agentId)} />
        }
      />
      {!loaded && <SkeletonRows rows={4} />}
      {loaded && agent === undefined && <p className="p-4 text-muted">{text.gone}</p>}
      {agent && sessionId !== null && (
        <DetailBody sessionId={sessionId} agentId={agentId} agent={agent} />
      )}
    </section>
  )
}

function backToAgents(agentId: string): void {
  showAgent(null)
  focusWhenFree(`[data-agent="${agentId}"]`, '[data-pane="tasks"] [data-agent]')
}

export interface AgentProps {
  readonly sessionId: string
  readonly agentId: string
  readonly agent: AgentView
}

const TAB =
  'h-8 border-b-2 border-transparent px-1 text-muted data-[state=active]:border-accent-text data-[state=active]:text-text'

const TABS = [
  ['work', AgentWorkList],
  ['facts', AgentFacts],
  ['timeline', AgentTimeline],
  ['log', AgentLog],
] as const

function DetailBody(props: AgentProps) {
  const { agent } = props
  const text = useText()
  const next = nextText(agent, text)
  return (
    <>
      <div className="shrink-0 px-4 pt-2.5 pb-3">
        <Doing agent={agent} />
        {next && <p className="mt-0.5 text-warn text-xs">{next}</p>}
        {agent.reason && agent.reason !== agent.waiting_for?.detail && (
          <p className="mt-0.5 text-muted text-xs">{text.agentDetail.reason(agent.reason)}</p>
        )}
        <AgentControls {...props} />
      </div>
      <Tabs.Root defaultValue="work" className="flex min-h-0 flex-1 flex-col">
        <Tabs.List
          aria-label={text.agentDetail.about}
          className="flex shrink-0 flex-wrap gap-x-4 border-b px-4"
        >
          {TABS.map(([value]) => (
            <Tabs.Trigger key={value} value={value} className={TAB}>
              {text.agentDetail.tabs[value]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(([value, Content]) => (
          <Tabs.Content key={value} value={value} className="min-h-0 flex-1 overflow-y-auto">
            <Content {...props} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <SendTask {...props} />
    </>
  )
}
