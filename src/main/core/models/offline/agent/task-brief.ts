/** What an agent is to do, as the first message of its run tells it. */
export interface TaskBrief {
  readonly description: string
  readonly type: string
  readonly agentType: string
}

const HEADER = /^Task:[ \t]*([\s\S]*?)\n(?=Type:|Agent:|Workspace:)([\s\S]*)$/

/** A message in another form is taken as the description itself. */
export function readBrief(message: string): TaskBrief {
  const match = HEADER.exec(message.trimStart())
  if (match === null) {
    return {
      description: message.replace(/^\s*Task:\s*/, '').trim(),
      type: 'agent_execution',
      agentType: '',
    }
  }
  const [, description = '', fields = ''] = match
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(fields)?.[1]?.trim() ?? ''
  return {
    description: description.trim(),
    type: field('Type') || 'agent_execution',
    agentType: field('Agent'),
  }
}
