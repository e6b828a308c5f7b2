import type {
  AgentConfig,
  AgentState,
  AgentView,
  AgentWork,
} from '../../../../shared/model/agent.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { MailPriority } from '../../../../shared/model/mail.js'
import type { WaitingFor } from '../../../../shared/model/task.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../../events/event-log.js'
import type { Clock } from '../../ports.js'
import { CronRule, firstInstant } from '../../schedules/cron.js'
import { deleteClocks, insertClock } from '../../store/queries/agent-clocks.js'
import { selectWorkPage } from '../../store/queries/agent-work.js'
import {
  deleteAgentRow,
  insertAgent,
  selectAgent,
  selectAgentNames,
  selectAgentOrdinal,
  selectAgents,
  selectSessions,
  updateAgent,
} from '../../store/queries/agents.js'
import { selectTask } from '../../store/queries/tasks.js'
import type { AgentEngine } from './agent-engine.js'
import { requireAgent, requireSession, unknownSession } from './agent-lookup.js'
import type { AgentRecord } from './agent-record.js'
import { type Command, NEW } from './agent-state.js'
import { agentView } from './agent-view.js'
import type { EventBus, Heard } from './event-bus.js'

export interface AgentsOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly engine: AgentEngine
  readonly events: EventBus
  /** IANA name; of clocks that name none. */
  readonly timezone: string
  readonly waitingFor: (id: TaskId) => WaitingFor | null
  /** @throws AppError for a definition, a tool or a folder that there is not */
  readonly checkConfig: (config: AgentConfig) => Promise<AgentConfig>
}

export interface Address {
  readonly sessionId: string
  readonly agentId: string
}

export interface Answer {
  readonly agentId: string
  readonly state: AgentState
}

/** In one session. */
const MOST_AGENTS = 500
/** Handed over by a clock that names no event. */
const CLOCK_EVENT = 'clock'

/** Durable agents (SEEDS A1 to A12): who there is, and what may be asked of them. */
export class Agents {
  readonly #options: AgentsOptions

  constructor(options: AgentsOptions) {
    this.#options = options
  }

  /** @throws AppError `conflict` for a name that is taken, and what `checkConfig` throws */
  async create(address: Address, autoStart: boolean, given: AgentConfig): Promise<Answer> {
    const { log, engine, checkConfig } = this.#options
    const config = await checkConfig(given)
    return log.transaction((tx) => {
      this.#requireRoom(tx, address)
      const { at } = tx
      const row = {
        ...NEW,
        ...address,
        taskId: null,
        config,
        subscriptions: config.subscriptions ?? [],
        reason: null,
        stateSinceMs: at,
        createdAtMs: at,
      }
      const agent: AgentRecord = { ...row, ordinal: insertAgent(tx.db, row) }
      this.#setClocks(tx, agent)
      tx.emit('agent.created', { ...address, state: 'idle', reason: null })
      if (!autoStart) return { agentId: agent.agentId, state: agent.state }
      const started = engine.settle(tx, engine.move(tx, agent, { kind: 'start' }))
      return { agentId: agent.agentId, state: started.state }
    })
  }

  start(address: Address): Answer {
    return this.#command(address, { kind: 'start' })
  }

  /** Resolves when the processes of its step are dead. */
  async stop(address: Address): Promise<Answer> {
    const { log, engine } = this.#options
    const stopped = log.transaction((tx) => {
      const agent = engine.move(tx, requireAgent(tx, address), { kind: 'stop' })
      return engine.settle(tx, agent)
    })
    if (stopped.taskId !== null) {
      const detail = `Agent ${stopped.agentId} is stopped.`
      await engine.held.setAside(stopped.taskId, { reason: 'paused', detail })
    }
    return { agentId: stopped.agentId, state: 'stopped' }
  }

  pause(address: Address): Answer {
    const answer = this.#command(address, { kind: 'pause' })
    const agent = this.require(address)
    if (agent.pausing && agent.taskId !== null) {
      const detail = `Agent ${agent.agentId} is paused.`
      this.#options.engine.held.giveWay(agent.taskId, { reason: 'paused', detail })
    }
    return answer
  }

  resume(address: Address): Answer {
    const { clock, engine } = this.#options
    const answer = this.#command(address, { kind: 'resume', nowMs: clock.now() })
    const agent = this.require(address)
    if (agent.state === 'active' && agent.taskId !== null) engine.held.giveWay(agent.taskId, null)
    return answer
  }

  sleep(
    address: Address,
    wakes: {
      readonly durationSeconds?: number | undefined
      readonly wakeEvents?: readonly string[] | undefined
      readonly wakeOnMail?: MailPriority | undefined
    },
  ): Answer {
    const { log, engine } = this.#options
    return log.transaction((tx) => {
      const agent = requireAgent(tx, address)
      const { durationSeconds, wakeEvents = [], wakeOnMail = null } = wakes
      const untilMs =
        durationSeconds === undefined ? null : tx.at + Math.ceil(durationSeconds * 1000)
      const sleep = { untilMs, events: [...new Set(wakeEvents)], mailFrom: wakeOnMail }
      const hasTask = agent.taskId !== null
      const moved = engine.move(tx, agent, { kind: 'sleep', sleep, hasTask })
      const { agentId, state } = engine.settle(tx, moved)
      return { agentId, state }
    })
  }

  wake(address: Address, reason: string | undefined): Answer {
    return this.#command(address, { kind: 'wake' }, reason ?? 'woken by hand')
  }

  /** @throws AppError `invalid_state` for a stopped agent, `limit_exceeded` for a full queue */
  sendTask(address: Address, prompt: string): TaskId {
    const { log, engine } = this.#options
    return log.transaction((tx) =>
      engine.give(tx, requireAgent(tx, address), { kind: 'task', description: prompt }),
    )
  }

  states(sessionId: string): Record<string, AgentView> {
    const { log, clock } = this.#options
    const nowMs = clock.now()
    const agents = log.query((db) => selectAgents(db, sessionId, nowMs))
    if (agents.length === 0) throw log.query((db) => unknownSession(db, sessionId))
    const views = agents.map((agent) => {
      const waitingFor = agent.taskId === null ? null : this.#options.waitingFor(agent.taskId)
      return [agent.agentId, log.query((db) => agentView(db, agent, { waitingFor, nowMs }))]
    })
    return Object.fromEntries(views)
  }

  sessions(): { sessionId: string; agents: number; createdAt: number }[] {
    return this.#options.log.query(selectSessions)
  }

  broadcast(sessionId: string, event: string, data: unknown): Heard {
    const { log, events } = this.#options
    return log.transaction((tx) => {
      requireSession(tx.db, sessionId)
      return events.broadcast(tx, sessionId, event, data)
    })
  }

  subscribe(address: Address, events: readonly string[]): string[] {
    return this.#options.log.transaction((tx) => {
      const subscriptions = [...new Set(events)]
      updateAgent(tx.db, { ...requireAgent(tx, address), subscriptions })
      tx.emit('agent.updated', { sessionId: address.sessionId, agentId: address.agentId })
      return subscriptions
    })
  }

  /**
   * With its queue, its clocks and the mail that nobody will handle now; also one that cannot be read.
   * @throws AppError `invalid_state` for one that takes work
   */
  delete(address: Address): void {
    const { log, engine } = this.#options
    const { sessionId, agentId } = address
    log.transaction((tx) => {
      const ordinal = selectAgentOrdinal(tx.db, sessionId, agentId)
      if (ordinal === undefined) requireAgent(tx, address)
      const agent = selectAgent(tx.db, sessionId, agentId, tx.at)
      const task = agent?.taskId == null ? undefined : engine.held.get(tx, agent.taskId)
      if (agent?.started || task?.state === 'running') {
        throw new AppError('invalid_state', `agent ${agentId} is ${agent?.state}: stop it first`)
      }
      engine.dissolve(tx, address, ordinal as number)
      deleteClocks(tx.db, ordinal as number)
      deleteAgentRow(tx.db, ordinal as number)
      tx.emit('agent.deleted', address)
    })
  }

  /** Newest first. */
  work(
    address: Address,
    page: { readonly before: number; readonly limit: number },
  ): { work: AgentWork[]; next: number | null } {
    const { log, clock } = this.#options
    const agent = this.require(address)
    const rows = log.query((db) => selectWorkPage(db, agent.ordinal, page, clock.now()))
    const work = rows.flatMap(({ taskId, kind, mailId, state }): AgentWork[] => {
      const task = log.query((db) => selectTask(db, taskId, clock.now()))
      if (task === undefined) return []
      const { description, createdAtMs: createdAt, completedAtMs: endedAt } = task
      const facts = { description, createdAt, endedAt, taskState: task.state }
      return [{ taskId, kind, mailId, state, ...facts }]
    })
    return { work, next: rows.length < page.limit ? null : (rows.at(-1)?.ordinal ?? null) }
  }

  /** @throws AppError `not_found` that names the agents of the session */
  require(address: Address): AgentRecord {
    const { log, clock } = this.#options
    return log.query((db) => requireAgent({ db, at: clock.now() }, address))
  }

  #command(address: Address, command: Command, reason?: string): Answer {
    const { log, engine } = this.#options
    return log.transaction((tx) => {
      const cause = reason === undefined ? {} : { reason }
      const moved = engine.move(tx, requireAgent(tx, address), command, cause)
      const { agentId } = engine.settle(tx, moved)
      return { agentId, state: moved.state }
    })
  }

  #requireRoom(tx: Transaction, { sessionId, agentId }: Address): void {
    const names = selectAgentNames(tx.db, sessionId)
    // Files and people do not tell `Writer` from `writer`.
    if (names.some((name) => name.toLowerCase() === agentId.toLowerCase())) {
      throw new AppError(
        'conflict',
        `agentId: the session has an agent ${agentId} already; use another name, or delete it first`,
      )
    }
    if (names.length >= MOST_AGENTS) {
      throw new AppError(
        'limit_exceeded',
        `a session holds ${MOST_AGENTS} agents at most: delete some, or begin another session`,
      )
    }
  }

  #setClocks(tx: Transaction, { ordinal, config }: AgentRecord): void {
    for (const { cron, timezone = this.#options.timezone, event = CLOCK_EVENT } of config.wake ??
      []) {
      const nextMs = firstInstant(cron, timezone, tx.at)
      insertClock(tx.db, { agent: ordinal, cron, timezone, event, nextMs })
    }
  }
}

/** @throws AppError `invalid_params` for a clock that cannot be read */
export function checkClocks(config: AgentConfig, timezone: string): void {
  for (const rule of config.wake ?? []) new CronRule(rule.cron, rule.timezone ?? timezone)
}
