import { useHost } from '../../app/host.js'
import type { AgentProps } from './agent-detail.js'
import { permitted } from './permitted.js'
import { TextForm } from './text-form.js'

/** Gives an agent a task; it is put at the end of its queue. */
export function SendTask({ sessionId, agentId, agent }: AgentProps) {
  const host = useHost()
  const takesTasks = permitted(agent).has('sendTask')
  return (
    <TextForm
      label={`Task for ${agentId}`}
      placeholder={takesTasks ? 'A task for it' : 'Start it before you send it a task'}
      submit="Send task"
      field="prompt"
      draft={`draft.agent.${sessionId}.${agentId}`}
      off={!takesTasks}
      entersSend
      send={(prompt) => host.call('async.sendTask', { sessionId, agentId, prompt })}
    />
  )
}
