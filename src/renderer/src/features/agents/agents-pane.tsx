import { ArrowLeft, Plus } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense, useEffect, useState } from 'react'
import { useHost } from '../../app/host.js'
import { lazyView } from '../../app/lazy-view.js'
import { useAgents } from '../../stores/agents.js'
import { unreadCount, useMail } from '../../stores/mail.js'
import { type AgentsTab, setAgentsOpen, setAgentsTab, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { AgentDetail } from './agent-detail.js'
import { AgentList } from './agent-list.js'
import { CreateAgent } from './create-agent.js'
import { MailTab } from './mail/mail-tab.js'
import { NoAgents } from './no-agents.js'
import { SessionChooser } from './session-chooser.js'
import { CountBadge } from './state-badge.js'

const Graph = lazyView(async () => (await import('./graph/agent-graph.js')).AgentGraph)

/** The agents of a session, their mail, and who waits for whom, in place of the list of tasks. */
export function AgentsPane() {
  const host = useHost()
  const agentId = useView((view) => view.agentId)
  // While nobody looked, not everything was followed.
  useEffect(() => void host.readAgents(), [host])
  return agentId === null ? <Overview /> : <AgentDetail key={agentId} agentId={agentId} />
}

function Overview() {
  const [creating, setCreating] = useState(false)
  const { sessions, sessionId, error } = useAgents()
  const text = useText().agents
  // Whoever comes back from an agent goes to its row.
  useEffect(() => focusWhenFree('[data-agents-pane]'), [])
  return (
    <section
      data-agents-pane
      tabIndex={-1}
      aria-label={text.title}
      className="flex h-full flex-col bg-bg outline-none"
      onKeyDown={(event) => {
        // The keys of a dialog bubble up to the pane as well.
        if (event.key !== 'Escape' || event.target instanceof HTMLTextAreaElement) return
        if (creating || !isWithin(event)) return
        event.stopPropagation()
        backToTasks()
      }}
    >
      <PaneHeader
        title={text.title}
        before={<IconButton icon={ArrowLeft} label={text.allTasks} onClick={backToTasks} />}
      >
        <SessionChooser />
        <IconButton icon={Plus} label={text.create} onClick={() => setCreating(true)} />
      </PaneHeader>
      {error !== null && <NotRead error={error} />}
      {sessions === null && error === null && <SkeletonRows rows={5} />}
      {sessions?.length === 0 && <NoAgents onCreate={() => setCreating(true)} />}
      {sessionId !== null && sessions !== null && <AgentTabs sessionId={sessionId} />}
      {creating && <CreateAgent onClose={() => setCreating(false)} />}
    </section>
  )
}

function isWithin(event: { readonly currentTarget: Element; readonly target: EventTarget }) {
  return event.target instanceof Node && event.currentTarget.contains(event.target)
}

function backToTasks(): void {
  setAgentsOpen(false)
  focusWhenFree('[data-open-agents]')
}

const TAB =
  'flex h-8 items-center gap-1.5 border-b-2 border-transparent px-1 text-muted data-[state=active]:border-accent-text data-[state=active]:text-text'

function AgentTabs({ sessionId }: { readonly sessionId: string }) {
  const text = useText().agents
  const tab = useView((view) => view.agentsTab)
  const unread = useMail((state) => unreadCount(state, sessionId))
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) => setAgentsTab(next as AgentsTab)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List
        aria-label={text.session}
        className="flex shrink-0 flex-wrap gap-x-4 border-b px-4"
      >
        <Tabs.Trigger value="agents" className={TAB}>
          {text.tabs.agents}
        </Tabs.Trigger>
        <Tabs.Trigger value="mail" className={TAB}>
          {text.tabs.mail} <CountBadge count={unread} label={text.toHandle} />
        </Tabs.Trigger>
        <Tabs.Trigger value="graph" className={TAB}>
          {text.tabs.graph}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="agents" className="min-h-0 flex-1 overflow-y-auto">
        <AgentList />
      </Tabs.Content>
      <Tabs.Content value="mail" className="min-h-0 flex-1">
        <MailTab key={sessionId} sessionId={sessionId} />
      </Tabs.Content>
      <Tabs.Content value="graph" className="min-h-0 flex-1">
        <Suspense fallback={<SkeletonRows rows={3} />}>
          <Graph />
        </Suspense>
      </Tabs.Content>
    </Tabs.Root>
  )
}

function NotRead({ error }: { readonly error: string }) {
  const host = useHost()
  const text = useText().agents
  return (
    <div role="alert" className="flex items-start gap-3 p-4">
      <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
      <Button small onClick={() => void host.readAgents()}>
        {text.tryAgain}
      </Button>
    </div>
  )
}
