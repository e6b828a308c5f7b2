/** What an agent is to do, as the first message of its run tells it. */
export interface TaskBrief {
  readonly description: string
  readonly type: string
  readonly agentType: string
}

const HEADER = /^Task:[ \t]*([\s\S]*?)\n(?=Type:|Agent:|Workspace:)([\s\S]*)$/

const MAIL =
  /^Process this mail\.\nMail: \S+\nFrom: (.*)\nSubject: (.*)\n\n<mail-text id="\w+">\n([\s\S]*?)\n<\/mail-text>(?:\n\n\S+ waits for your answer: [^\n]*)?$/
const EVENT = /^The event "(.*)" has happened\./

/** What a mail asks for: its text, or its subject where it has none of its own. */
function withoutEnvelope(description: string): string {
  const [, , subject = '', body = ''] = MAIL.exec(description) ?? []
  return body.trim() || subject.trim() || description
}

/** Name of the event that an agent is told of; null for any other task. */
export function eventIn({ description }: TaskBrief): string | null {
  return EVENT.exec(description)?.[1] ?? null
}

/** Whether a text begins a task, rather than being said in the course of one. */
export function isBrief(message: string): boolean {
  return HEADER.test(message.trimStart())
}

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
    description: withoutEnvelope(description.trim()),
    type: field('Type') || 'agent_execution',
    agentType: field('Agent'),
  }
}
