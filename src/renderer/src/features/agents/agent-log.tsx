import { useState } from 'react'
import { useRead } from '../../app/use-read.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { CopyButton } from '../../ui/copy-button.js'
import { SkeletonRows } from '../../ui/pane.js'
import type { AgentProps } from './agent-detail.js'

const LINES = 300

/** What was noted about an agent for those who look for a fault, newest last. */
export function AgentLog({ sessionId, agentId, agent }: AgentProps) {
  const text = useText().agentDetail.log
  const [asked, setAsked] = useState(0)
  // It grows with each step; then, and on request, it is read again.
  const stand = JSON.stringify([asked, agent.state, agent.current_task, agent.usage, agent.tasks])
  const { value, error } = useRead('async.agentLog', { sessionId, agentId, lines: LINES }, stand)
  if (value === null && error === null) return <SkeletonRows rows={4} />
  const lines = value?.lines ?? []
  return (
    <div className="flex min-h-full flex-col p-3">
      <div className="mb-2 flex items-center gap-2 text-muted text-xs">
        <p className="min-w-0 flex-1">
          {lines.length < LINES ? text.newestLast : text.newest(LINES)}
        </p>
        {lines.length > 0 && <CopyButton label={text.copy} text={lines.join('\n')} />}
        <Button small onClick={() => setAsked(asked + 1)}>
          {text.readAgain}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="mb-2 break-words text-bad">
          {text.notRead(error)}
        </p>
      )}
      {lines.length === 0 && error === null && <p className="text-muted">{text.empty}</p>}
      {lines.length > 0 && (
        <pre className="whitespace-pre-wrap break-words rounded-md border bg-code px-2.5 py-1.5 font-mono text-xs">
          {lines.join('\n')}
        </pre>
      )}
    </div>
  )
}
