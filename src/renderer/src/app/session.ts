import type { Blocker } from '../../../shared/model/blocker.js'
import type { Conversation } from '../../../shared/model/chat.js'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { CallOptions } from '../../../shared/rpc/client.js'
import type { EventName, MethodName, ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import { besideTyping, onFrame } from '../event-batch.js'
import { HostConnection } from '../rpc-client.js'
import { useAgents } from '../stores/agents.js'
import { blockersFrom, useBlockers } from '../stores/blockers.js'
import { NO_CHANGES, useChanges, withLeftovers } from '../stores/changes.js'
import { clockAhead, useConnection } from '../stores/connection.js'
import { conversationsFrom, useConversations } from '../stores/conversations.js'
import { useEvidence } from '../stores/evidence.js'
import type { HostEvent } from '../stores/host-event.js'
import { useInbox } from '../stores/inbox.js'
import { NO_MAIL, useMail } from '../stores/mail.js'
import { quietened, useMessages, withNewestPage, withOlderPage } from '../stores/messages.js'
import { useNotifications, withNewest, withOlder } from '../stores/notifications.js'
import { awaitingApproval, NO_PLANS, usePlans, withPlans } from '../stores/plans.js'
import { applyEvents } from '../stores/projections.js'
import { useQueue } from '../stores/queue.js'
import { movesRun, schedulesFrom, useSchedules } from '../stores/schedules.js'
import { useSettings } from '../stores/settings.js'
import { marked, useTaskOutput } from '../stores/task-output.js'
import { tasksFrom, useTasks, withFound, withOlderTasks, withTasks } from '../stores/tasks.js'
import { useView } from '../stores/view.js'
import { takeToken, tokenIn, transportOpener } from '../transports.js'
import { AgentFeed } from './agent-feed.js'
import type { Host } from './host.js'
import { Reader } from './reader.js'

const MESSAGES_PER_PAGE = 50
/** Of one request on the way back to a message that was looked for. */
const MESSAGES_BACK = 500
const NOTIFICATIONS_PER_PAGE = 50
const TASKS_PER_PAGE = 200
const OPEN_TASKS = 500
const CONVERSATIONS_PER_PAGE = 500
const QUESTIONS_PER_PAGE = 500

/** Their events change how many tasks run and wait, which `queue.changed` does not tell each time. */
const MOVES_THE_QUEUE: ReadonlySet<EventName> = new Set([
  'task.created',
  'task.started',
  'task.waiting',
  'task.completed',
  'task.failed',
  'task.cancelled',
])

/** The connection is gone then; the refresh after the next one reads it again. */
function notRead(what: string): (error: unknown) => void {
  return (error) => console.warn(`not read: ${what}: ${messageOf(error)}`)
}

/** Connects this window to its host and keeps every projection in step until `stop`. */
export class Session implements Host {
  readonly #connection: HostConnection
  readonly #reading = new Set<ConversationId>()
  #usedTool = false
  #typedAt = Number.NEGATIVE_INFINITY
  readonly #figures = new Reader(() => this.#countQueue())
  readonly #recurring = new Reader(() => this.#listSchedules())
  readonly #inbox = new Reader(() => this.#listInbox())
  readonly #agents = new AgentFeed((method, params, options) => this.call(method, params, options))
  readonly #online = () => this.retryConnection()
  readonly #typed = () => {
    this.#typedAt = performance.now()
  }
  readonly #readdressed = () => {
    if (tokenIn(location.hash) === null) return
    takeToken()
    this.retryConnection()
  }

  /** `onEvents` hears each batch of events after it was applied. */
  constructor(onEvents: (events: readonly HostEvent[]) => void) {
    this.#connection = new HostConnection({
      open: transportOpener(),
      apply: (events) => {
        applyEvents(events)
        onEvents(events)
        this.#afterEvents(events)
      },
      load: () => this.#load(),
      refresh: () => this.#refresh(),
      phase: (phase) => useConnection.setState({ phase }),
      schedule: besideTyping(onFrame, () => performance.now() - this.#typedAt),
    })
  }

  start(): void {
    window.addEventListener('online', this.#online)
    window.addEventListener('keydown', this.#typed, { capture: true, passive: true })
    window.addEventListener('hashchange', this.#readdressed)
    void this.#connection.run()
  }

  stop(): void {
    window.removeEventListener('online', this.#online)
    window.removeEventListener('keydown', this.#typed, { capture: true })
    window.removeEventListener('hashchange', this.#readdressed)
    this.#connection.stop()
  }

  call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
    options?: CallOptions,
  ): Promise<ResultOf<M>> {
    return this.#connection.call(method, params, options)
  }

  async openConversation(conversationId: ConversationId): Promise<void> {
    this.#reading.add(conversationId)
    try {
      const page = await this.call('chat.history', { conversationId, limit: MESSAGES_PER_PAGE })
      useMessages.setState((state) => withNewestPage(state, conversationId, page))
    } finally {
      this.#reading.delete(conversationId)
    }
  }

  async loadOlder(conversationId: ConversationId): Promise<void> {
    const cursor = useMessages.getState().threads[conversationId]?.olderCursor
    if (!cursor) return
    const limit = MESSAGES_PER_PAGE
    const page = await this.call('chat.history', { conversationId, limit, cursor })
    useMessages.setState((state) => withOlderPage(state, conversationId, page))
  }

  async loadBackTo(conversationId: ConversationId, order: number): Promise<void> {
    let cursor: string | null | undefined =
      useMessages.getState().threads[conversationId]?.olderCursor
    const pages: ResultOf<'chat.history'>[] = []
    while (cursor && (pages.at(-1)?.messages[0]?.order ?? Infinity) > order) {
      const params = { conversationId, limit: MESSAGES_BACK, cursor }
      const page: ResultOf<'chat.history'> = await this.call('chat.history', params)
      pages.push(page)
      cursor = page.nextCursor
    }
    const messages = pages.reverse().flatMap((page) => page.messages)
    const seq = Math.min(...pages.map((page) => page.seq))
    if (pages.length === 0) return
    const all = { messages, nextCursor: cursor ?? null, seq }
    useMessages.setState((state) => withOlderPage(state, conversationId, all))
  }

  async loadOlderTasks(): Promise<void> {
    const cursor = useTasks.getState().olderCursor
    if (!cursor) return
    const page = await this.call('task.list', { limit: TASKS_PER_PAGE, cursor })
    useTasks.setState((state) => withOlderTasks(state, page))
  }

  async searchTasks(query: string, signal: AbortSignal): Promise<void> {
    const page = await this.call('task.list', { query, limit: TASKS_PER_PAGE }, { signal })
    useTasks.setState((state) => withFound(state, query, page))
  }

  readSchedules(): Promise<void> {
    return this.#recurring.ask()
  }

  readInbox(): Promise<void> {
    return this.#inbox.ask()
  }

  readNotifications(): Promise<void> {
    return this.call('notification.list', { limit: NOTIFICATIONS_PER_PAGE }).then(
      (page) => useNotifications.setState(withNewest(page)),
      (error: unknown) => useNotifications.setState({ error: messageOf(error) }),
    )
  }

  async loadOlderNotifications(): Promise<void> {
    const cursor = useNotifications.getState().nextCursor
    if (cursor === null) return
    const page = await this.call('notification.list', { limit: NOTIFICATIONS_PER_PAGE, cursor })
    useNotifications.setState((state) => withOlder(state, page))
  }

  readAgents(): Promise<void> {
    return this.#agents.refresh()
  }

  showSession(sessionId: string): Promise<void> {
    return this.#agents.show(sessionId)
  }

  async readPlans(taskId: TaskId): Promise<void> {
    const page = await this.call('plan.list', { taskId })
    usePlans.setState((state) => withPlans(state, taskId, page))
  }

  loadOlderThreads(): Promise<void> {
    return this.#agents.loadOlderThreads()
  }

  retryConnection(): void {
    this.#connection.retryNow()
  }

  async #load(): Promise<number> {
    // Everything else is read after this `seq`, so that the events after it leave out nothing.
    const health = await this.call('system.health', {})
    const [settings, queue, blockers, tasks, running, pending] = await Promise.all([
      this.call('settings.get', {}),
      this.call('queue.state', {}),
      this.#openBlockers(),
      this.call('task.list', { limit: TASKS_PER_PAGE }),
      // Unfinished tasks are shown however old they are.
      this.call('task.list', { state: 'running', limit: OPEN_TASKS }),
      this.call('task.list', { state: 'pending', limit: OPEN_TASKS }),
    ])
    useSettings.setState({ settings, health })
    useQueue.setState({ queue, machine: queue.machine })
    useTasks.setState([running, pending].reduce(withTasks, tasksFrom(tasks)))
    useBlockers.setState(blockersFrom(blockers, health.seq))
    usePlans.setState(NO_PLANS)
    useMessages.setState({ threads: {} })
    useAgents.setState({ moves: [] })
    useMail.setState(NO_MAIL)
    useChanges.setState(NO_CHANGES)
    useEvidence.setState({}, true)
    return health.seq
  }

  /** What only lives in events that are lost with a connection: who speaks, and how far. */
  async #refresh(): Promise<void> {
    // Few look at them, so nobody waits for them.
    void this.#recurring.ask()
    void this.#inbox.ask()
    void this.readNotifications()
    void this.#agents.refresh()
    for (const taskId of awaitingApproval(useTasks.getState())) {
      this.readPlans(taskId).catch(notRead('plan'))
    }
    void this.#readLeftovers()
    const [conversations, queue] = await Promise.all([
      this.#allConversations(),
      this.call('queue.state', {}),
    ])
    useQueue.setState({ queue, machine: queue.machine })
    useConversations.setState(conversationsFrom(conversations))
    useMessages.setState(quietened)
    useTaskOutput.setState(marked(true))
    const shown = useView.getState().conversationId
    if (shown === null) return
    if (useConversations.getState().byId[shown]) await this.openConversation(shown)
    else useView.setState({ conversationId: null })
  }

  async #allConversations(): Promise<readonly Conversation[]> {
    const all: Conversation[] = []
    let cursor: string | null = null
    do {
      const place: { readonly cursor?: string } = cursor === null ? {} : { cursor }
      const page: ResultOf<'chat.list'> = await this.call('chat.list', {
        limit: CONVERSATIONS_PER_PAGE,
        ...place,
      })
      all.push(...page.conversations)
      cursor = page.nextCursor
    } while (cursor !== null)
    return all
  }

  async #openBlockers(): Promise<readonly Blocker[]> {
    const all: Blocker[] = []
    let cursor: string | null = null
    do {
      const place: { readonly cursor?: string } = cursor === null ? {} : { cursor }
      const page: ResultOf<'blocker.list'> = await this.call('blocker.list', {
        state: 'open',
        limit: QUESTIONS_PER_PAGE,
        ...place,
      })
      all.push(...page.blockers)
      cursor = page.nextCursor
    } while (cursor !== null)
    return all
  }

  /** What the events only hint at is read from the host. */
  #afterEvents(events: readonly HostEvent[]): void {
    const last = events.at(-1)
    if (last?.name === 'system.machine') {
      useConnection.setState({ clockAheadMs: clockAhead(last.params.at, Date.now()) })
    }
    if (events.some(({ name }) => MOVES_THE_QUEUE.has(name))) void this.#figures.ask()
    const schedules = useSchedules.getState()
    if (events.some((event) => movesRun(schedules, event))) void this.#recurring.ask()
    if (events.some(({ name }) => name === 'inbox.changed')) void this.#inbox.ask()
    this.#agents.afterEvents(events)
    const shown = useView.getState().conversationId
    if (shown === null || this.#reading.has(shown)) return
    const missed = useMessages.getState().threads[shown]?.stale ?? false
    if (!this.#wentOn(events, shown) && !missed) return
    this.openConversation(shown).catch(notRead('history'))
  }

  /** Their rows say that changes wait. */
  #readLeftovers(): Promise<void> {
    return this.call('change.leftovers', {}).then(
      ({ worktrees }) => useChanges.setState((state) => withLeftovers(state, worktrees)),
      notRead('blockers'),
    )
  }

  #countQueue(): Promise<void> {
    return this.call('queue.state', {}).then(
      (queue) => useQueue.setState({ queue, machine: queue.machine }),
      notRead('queue'),
    )
  }

  #listInbox(): Promise<void> {
    return this.call('inbox.list', {}).then(
      ({ items, counts }) => useInbox.setState({ items, counts, error: null }),
      (error: unknown) => useInbox.setState({ error: messageOf(error) }),
    )
  }

  #listSchedules(): Promise<void> {
    return this.call('schedule.list', {}).then(
      (page) => useSchedules.setState(schedulesFrom(page)),
      (error: unknown) => useSchedules.setState({ error: messageOf(error) }),
    )
  }

  /** True when the assistant speaks on after using a tool: by then the history tells what it did. */
  #wentOn(events: readonly HostEvent[], shown: ConversationId): boolean {
    let wentOn = false
    for (const { name, params } of events) {
      if (name === 'chat.activity' && params.conversationId === shown) {
        this.#usedTool = params.detail !== undefined
      }
      if (name === 'chat.delta' && params.conversationId === shown && this.#usedTool) {
        this.#usedTool = false
        wentOn = true
      }
    }
    return wentOn
  }
}
