import type { Mention } from '../../../../shared/model/chat.js'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { isTerminal, type TaskView } from '../../../../shared/model/task.js'
import type { Host } from '../../app/host.js'
import { useConversations } from '../../stores/conversations.js'
import { useTasks } from '../../stores/tasks.js'

/** Something that a message can point at. */
export interface MentionOption {
  readonly kind: Mention['kind']
  /** What stands behind the `@`. */
  readonly name: string
  readonly detail: string
}

const FILES = 6
const AGENTS = 4
const TASKS = 4

/** Everything that fits what was typed: files, agents and tasks, the best of each first. */
export async function mentionOptions(
  host: Host,
  conversationId: ConversationId | null,
  query: string,
  signal: AbortSignal,
): Promise<readonly MentionOption[]> {
  const workspace = workspaceOf(conversationId)
  const place = workspace === '' ? {} : { workspace }
  const options = { signal }
  const [found, known] = await Promise.all([
    host.call('workspace.files', { ...place, query, limit: FILES }, options),
    host.call('agent.definitions', place, options),
  ])
  const files = found.files.map(({ path, kind }): MentionOption => {
    const cut = path.lastIndexOf('/')
    return { kind, name: path, detail: cut === -1 ? '' : path.slice(0, cut) }
  })
  const agents = known.definitions
    .filter(({ name }) => fits(name, query))
    .slice(0, AGENTS)
    .map(({ name, description }): MentionOption => ({ kind: 'agent', name, detail: description }))
  return [...files, ...agents, ...taskOptions(conversationId, query)]
}

function workspaceOf(conversationId: ConversationId | null): string {
  if (conversationId === null) return ''
  return useConversations.getState().byId[conversationId]?.workspace ?? ''
}

/** Those of the chat before others, those that go on before those that have ended, newest first. */
function taskOptions(conversationId: ConversationId | null, query: string): MentionOption[] {
  const rank = (task: TaskView) =>
    (task.conversationId === conversationId ? 0 : 2) + (isTerminal(task.state) ? 1 : 0)
  return Object.values(useTasks.getState().byId)
    .filter((task) => fits(`${task.description} ${task.id}`, query))
    .sort((a, b) => rank(a) - rank(b) || b.createdAt - a.createdAt)
    .slice(0, TASKS)
    .map((task) => ({ kind: 'task', name: task.id, detail: task.description }))
}

function fits(text: string, query: string): boolean {
  return text.toLowerCase().includes(query.toLowerCase())
}
