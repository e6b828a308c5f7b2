import type { ConversationId } from '../../../shared/model/ids.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import { HostConnection } from '../rpc-client.js'
import { clockAhead, useConnection } from '../stores/connection.js'
import { conversationsFrom, useConversations } from '../stores/conversations.js'
import type { HostEvent } from '../stores/host-event.js'
import { quietened, useMessages, withNewestPage, withOlderPage } from '../stores/messages.js'
import { applyEvents } from '../stores/projections.js'
import { useQueue } from '../stores/queue.js'
import { useSettings } from '../stores/settings.js'
import { marked, useTaskOutput } from '../stores/task-output.js'
import { tasksFrom, useTasks, withTasks } from '../stores/tasks.js'
import { useView } from '../stores/view.js'
import { transportOpener } from '../transports.js'
import type { Host } from './host.js'

const MESSAGES_PER_PAGE = 50
const TASKS_PER_PAGE = 200
const CONVERSATIONS_PER_PAGE = 500

export interface Session {
  readonly host: Host
  stop(): void
}

/** Connects this window to its host and keeps every projection in step until `stop`. */
export function startSession(onEvents: (events: readonly HostEvent[]) => void): Session {
  const connection = new HostConnection({
    open: transportOpener(),
    apply: (events) => {
      applyEvents(events)
      onEvents(events)
      afterEvents(events)
    },
    load,
    refresh,
    phase: (phase) => useConnection.setState({ phase }),
  })
  const reading = new Set<ConversationId>()

  async function load(): Promise<number> {
    const [settings, health, queue, tasks] = await Promise.all([
      connection.call('settings.get', {}),
      connection.call('system.health', {}),
      connection.call('queue.state', {}),
      connection.call('task.list', { limit: TASKS_PER_PAGE }),
    ])
    useSettings.setState({ settings, health })
    useQueue.setState({ queue, machine: queue.machine })
    useTasks.setState(tasksFrom(tasks))
    useMessages.setState({ threads: {} })
    return tasks.seq
  }

  async function refresh(): Promise<void> {
    const [list, queue] = await Promise.all([
      connection.call('chat.list', { limit: CONVERSATIONS_PER_PAGE }),
      connection.call('queue.state', {}),
    ])
    useQueue.setState({ queue, machine: queue.machine })
    useConversations.setState(conversationsFrom(list.conversations))
    useMessages.setState(quietened)
    useTaskOutput.setState(marked(true))
    const shown = useView.getState().conversationId
    if (shown === null) return
    if (useConversations.getState().byId[shown]) await openConversation(shown)
    else useView.setState({ conversationId: null })
  }

  /** What the events only hint at is read from the host. */
  function afterEvents(events: readonly HostEvent[]): void {
    const last = events.at(-1)
    if (last?.name === 'system.machine') {
      useConnection.setState({ clockAheadMs: clockAhead(last.params.at, Date.now()) })
    }
    const shown = useView.getState().conversationId
    if (shown === null) return
    const usedTool = events.some(
      (event) =>
        event.name === 'chat.activity' &&
        event.params.conversationId === shown &&
        event.params.detail !== undefined,
    )
    if (usedTool || useMessages.getState().threads[shown]?.stale) readAgain(shown)
  }

  function readAgain(id: ConversationId): void {
    if (reading.has(id)) return
    openConversation(id).catch((error: unknown) => {
      // The connection is gone; the refresh after the next one reads this again.
      console.warn(`history of ${id} not read: ${messageOf(error)}`)
    })
  }

  async function openConversation(conversationId: ConversationId): Promise<void> {
    reading.add(conversationId)
    try {
      const page = await connection.call('chat.history', {
        conversationId,
        limit: MESSAGES_PER_PAGE,
      })
      useMessages.setState((state) => withNewestPage(state, conversationId, page))
    } finally {
      reading.delete(conversationId)
    }
  }

  async function loadOlder(conversationId: ConversationId): Promise<void> {
    const cursor = useMessages.getState().threads[conversationId]?.olderCursor
    if (!cursor) return
    const page = await connection.call('chat.history', {
      conversationId,
      limit: MESSAGES_PER_PAGE,
      cursor,
    })
    useMessages.setState((state) => withOlderPage(state, conversationId, page))
  }

  async function loadOlderTasks(): Promise<void> {
    const cursor = useTasks.getState().olderCursor
    if (!cursor) return
    const page = await connection.call('task.list', { limit: TASKS_PER_PAGE, cursor })
    useTasks.setState((state) => ({ ...withTasks(state, page), olderCursor: page.nextCursor }))
  }

  async function searchTasks(query: string, signal: AbortSignal): Promise<void> {
    const page = await connection.call('task.list', { query, limit: TASKS_PER_PAGE }, { signal })
    useTasks.setState((state) => withTasks(state, page))
  }

  void connection.run()
  return {
    host: {
      call: (method, params, options) => connection.call(method, params, options),
      openConversation,
      loadOlder,
      loadOlderTasks,
      searchTasks,
      retryConnection: () => connection.retryNow(),
    },
    stop: () => connection.stop(),
  }
}
