import { z } from 'zod'
import { AgentConfig } from '../../../../shared/model/agent.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { isTerminal } from '../../../../shared/model/task.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../../events/event-log.js'
import { Mail } from '../../mail/mail.js'
import { MAIL_TOOLS } from '../../mail/mail-tools.js'
import { Mailroom } from '../../mail/mailroom.js'
import type { Clock, Ids, Logger, MachineGauge } from '../../ports.js'
import type { BackgroundTaskQueue } from '../../scheduler/background-task-queue.js'
import { resolveWorkspace } from '../../scheduler/intake.js'
import type { EndedHook, RunFollower } from '../../scheduler/task-lifecycle.js'
import { selectOpenWorkIds } from '../../store/queries/agent-work.js'
import {
  selectAgentOrdinals,
  selectAllAgents,
  selectNextAgentTimer,
} from '../../store/queries/agents.js'
import { maskSecrets } from '../../tasks/secret-filter.js'
import type { OwnWaitReason, TaskRecord } from '../../tasks/task-record.js'
import type { Tool } from '../../tools/tool.js'
import type { AgentDefinitions } from '../definitions/load-definitions.js'
import { AgentEngine } from './agent-engine.js'
import { AgentFollower } from './agent-follower.js'
import { NO_JOURNAL } from './agent-log.js'
import { AgentLogs } from './agent-logs.js'
import { AgentTimers } from './agent-timers.js'
import { type Address, Agents, checkClocks } from './agents.js'
import { type Assignment, assignmentOf, grantable, orderOfTask } from './assignment.js'
import { EventBus } from './event-bus.js'

export interface DurableAgentsOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly gauge: MachineGauge
  readonly queue: () => BackgroundTaskQueue
  /** Of every agent, mail aside. */
  readonly tools: readonly Tool[]
  readonly definitions: AgentDefinitions | null
  /** Where every agent keeps its debug log; null to keep none. */
  readonly logFolder: string | null
  readonly defaultWorkspace: () => string
  readonly timezone: string
  readonly secrets: () => readonly string[]
}

/** Agents that last, with their mail: one owner of everything that keeps them going. */
export interface DurableAgents {
  readonly agents: Agents
  readonly mail: Mail
  /** For tools and tests that send inside a commit of their own. */
  readonly mailroom: Mailroom
  /** For the queue: moves agents along with their tasks. */
  readonly follower: RunFollower
  readonly ended: EndedHook
  assignmentOf(task: TaskRecord): Assignment | null
  /** Lets the task in hand of an agent go on; false where a task belongs to no agent. */
  waitIsOver(tx: Transaction, taskId: TaskId, reason: OwnWaitReason): boolean
  /** What whoever does a task is told to do. */
  orderOf(task: TaskRecord): string
  /** The newest lines of an agent's debug log. */
  readLog(address: Address, lines: number): Promise<string[]>
  /** Whether a sleep, a clock or a mail waits for its instant. */
  hasTimers(): boolean
  /** Before the queue starts: mends what a crash of an earlier version, or a damaged row, has left. */
  mend(): void
  start(): void
  stop(): Promise<void>
}

export function createDurableAgents(options: DurableAgentsOptions): DurableAgents {
  const { log, clock, ids, queue, timezone } = options
  const { logFolder: folder } = options
  const mask = (text: string) => maskSecrets(text, options.secrets())
  const logs = folder === null ? null : new AgentLogs({ ...options, folder, mask })
  const journal = logs ?? NO_JOURNAL
  const engine = new AgentEngine({
    held: () => queue().held,
    journal,
    isDraining: () => queue().isDraining,
    defaultWorkspace: options.defaultWorkspace,
    timersChanged: () => timers.changed(),
  })
  const events = new EventBus(engine)
  const timers: AgentTimers = new AgentTimers({ ...options, engine, events })
  const mailroom = new Mailroom(ids, engine)
  const follower = new AgentFollower({ engine, mailroom, journal })
  const agents = new Agents({
    log,
    clock,
    engine,
    events,
    timezone,
    waitingFor: (id) => queue().waitingFor(id),
    checkConfig: (config) => checkConfig(options, config),
  })
  return {
    agents,
    mail: new Mail({
      log,
      clock,
      mailroom,
      timersChanged: () => timers.changed(),
      answered: (tx, taskId) => engine.answered(tx, taskId),
    }),
    mailroom,
    follower,
    ended: follower.ended,
    assignmentOf: (task) => assignmentOf({ ...options, mailroom, journal }, task),
    waitIsOver: (tx, taskId, reason) => engine.waitIsOver(tx, taskId, reason),
    orderOf: (task) => orderOfTask(log, task, clock.now()),
    readLog: async (address, lines) => {
      agents.require(address)
      return logs === null ? [] : logs.read(address, lines)
    },
    hasTimers: () => log.query(selectNextAgentTimer) !== null,
    mend: () => log.transaction((tx) => mend(tx, engine)),
    start: () => timers.start(),
    stop: async () => {
      timers.stop()
      await logs?.close()
    },
  }
}

/** An agent whose task in hand is over, or cannot be read any more, is free for the next one. */
function mend(tx: Transaction, engine: AgentEngine): void {
  holdOrphans(tx, engine)
  for (const agent of selectAllAgents(tx.db, tx.at)) {
    if (agent.taskId === null) continue
    const task = engine.held.get(tx, agent.taskId)
    if (task !== undefined && !isTerminal(task.state)) continue
    const free = { ...agent, taskId: null }
    engine.settle(tx, engine.move(tx, free, { kind: 'task_ends', nowMs: tx.at }))
  }
}

/** Tasks of agents that cannot be read wait, and say why. */
function holdOrphans(tx: Transaction, engine: AgentEngine): void {
  const readable = new Set(selectAllAgents(tx.db, tx.at).map(({ ordinal }) => ordinal))
  const detail = 'What is stored of its agent cannot be read: delete the agent, or cancel the task.'
  for (const ordinal of selectAgentOrdinals(tx.db)) {
    if (readable.has(ordinal)) continue
    for (const id of selectOpenWorkIds(tx.db, ordinal))
      engine.held.hold(tx, id, { reason: 'paused', detail })
  }
}

/**
 * A config as it holds from now on: with what its definition says where it says nothing itself.
 * @throws AppError that names the field
 */
async function checkConfig(
  { tools, definitions, timezone, defaultWorkspace }: DurableAgentsOptions,
  given: AgentConfig,
): Promise<AgentConfig> {
  const known = grantable(tools)
  for (const name of given.tools ?? []) {
    if (known.includes(name)) continue
    throw new AppError(
      'invalid_params',
      `config.tools: there is no tool ${JSON.stringify(name)}; there are ${known.join(', ')}`,
    )
  }
  const workspace =
    given.workspace === undefined ? undefined : await resolveWorkspace(given.workspace)
  const config = await withDefinition(definitions, given, workspace ?? defaultWorkspace())
  checkClocks(config, timezone)
  return workspace === undefined ? config : { ...config, workspace }
}

/** @throws AppError `not_found` that names the definitions there are */
async function withDefinition(
  definitions: AgentDefinitions | null,
  given: AgentConfig,
  workspace: string,
): Promise<AgentConfig> {
  if (definitions === null || given.definition === undefined) return given
  const definition = await definitions.find(given.definition, workspace)
  if (definition === undefined) {
    const names = (await definitions.list(workspace)).definitions.map(({ name }) => name)
    throw new AppError(
      'not_found',
      `config.definition: there is no agent definition ${JSON.stringify(given.definition)}; there are ${names.join(', ')}`,
    )
  }
  const { maxTokens: tokens, ...limits } = definition.limits
  const { subscriptions, wake } = definition
  const merged = AgentConfig.safeParse({
    ...(subscriptions === undefined ? {} : { subscriptions }),
    ...(wake === undefined ? {} : { wake }),
    // Taken over now: an agent that can write the file must not grant itself more.
    ...(definition.tools === null ? {} : { tools: [...definition.tools, ...MAIL_TOOLS] }),
    ...(definition.model === null ? {} : { model: definition.model }),
    ...given,
    limits: { ...limits, ...(tokens === undefined ? {} : { tokens }), ...given.limits },
  })
  if (merged.success) return merged.data
  const problem = z.prettifyError(merged.error)
  throw new AppError('invalid_params', `config.definition: ${definition.path}: ${problem}`)
}
