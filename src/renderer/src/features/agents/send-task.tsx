import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import type { AgentProps } from './agent-detail.js'
import { permitted } from './permitted.js'
import { TextForm } from './text-form.js'

/** Gives an agent a task; it is put at the end of its queue. */
export function SendTask({ sessionId, agentId, agent }: AgentProps) {
  const host = useHost()
  const text = useText().agentDetail.task
  const takesTasks = permitted(agent).has('sendTask')
  return (
    <TextForm
      label={text.label(agentId)}
      placeholder={takesTasks ? text.placeholder : text.startFirst}
      submit={text.send}
      field="prompt"
      draft={`draft.agent.${sessionId}.${agentId}`}
      off={!takesTasks}
      entersSend
      send={(prompt) => host.call('async.sendTask', { sessionId, agentId, prompt })}
    />
  )
}
