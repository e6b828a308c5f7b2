import { join } from 'node:path'
import type { TaskId } from '../../shared/model/ids.js'
import type { SettingsDocument } from '../../shared/model/settings-document.js'
import type { StatsOverview } from '../../shared/model/stats.js'
import type { ResultOf } from '../../shared/rpc/contract.js'
import { AgentDefinitions } from './agents/definitions/load-definitions.js'
import type { Agents } from './agents/life/agents.js'
import { grantable } from './agents/life/assignment.js'
import { createDurableAgents, type DurableAgents } from './agents/life/durable-agents.js'
import type { ChatService } from './chat/chat-service.js'
import { createChat } from './chat/create-chat.js'
import { taskCards } from './chat/task-card.js'
import { coreLife } from './core-life.js'
import type { EventSource } from './events/event-source.js'
import { AgentExecutor } from './executors/agent-executor.js'
import { ProcessExecutor } from './executors/process-executor.js'
import type { OverviewWish } from './figures/overview.js'
import { readEvidence } from './gates/read-evidence.js'
import { createHistory, type HistoryService } from './history/create-history.js'
import { Inbox } from './inbox/inbox.js'
import type { Mail } from './mail/mail.js'
import { ModelAccess } from './models/model-access.js'
import { modelChoice } from './models/model-choice.js'
import type { ModelClient } from './models/model-client.js'
import { ModelHealth } from './models/model-health.js'
import { createProviderGate, type ProviderGate } from './models/provider-gate.js'
import { type TriedModel, testModel } from './models/test-model.js'
import { createNotify } from './notify/create-notify.js'
import type { NotificationList } from './notify/notification-list.js'
import { createTeamWork, type TeamWork } from './orchestrator/team-work.js'
import type {
  Clock,
  DoNotDisturb,
  Ids,
  Logger,
  MachineGauge,
  ProcessRunner,
  Secrets,
} from './ports.js'
import { MachineHistory } from './resources/machine-history.js'
import { Retention } from './retention/retention.js'
import { BackgroundTaskQueue } from './scheduler/background-task-queue.js'
import { changeMany, type TaskChange } from './scheduler/change-many.js'
import { resolveWorkspace } from './scheduler/intake.js'
import { followedBy } from './scheduler/outside-waits.js'
import { TaskProgressEmitter } from './scheduler/task-progress-emitter.js'
import { SearchIndexer } from './search/search-indexer.js'
import { createTaskListing, type TaskListing } from './search/task-listing.js'
import { exportSettings, importSettings } from './settings/portable-settings.js'
import { type EnvironmentSettings, SettingsService } from './settings/settings-service.js'
import type { LongReads } from './store/long-reads.js'
import { openStore } from './store/open-store.js'
import { countQuarantined } from './store/queries/quarantine.js'
import { agentTools } from './tools/agent-tools.js'
import { createToolRegistry } from './tools/tool-registry.js'
import { browseFolders, describeWorkspaces } from './workspace/browse.js'
import { type FileFinder, fileFinder } from './workspace/find-files.js'

/** Everything that core needs from the world around it. */
export interface CorePorts {
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly processes: ProcessRunner
  readonly gauge: MachineGauge
  readonly secrets: Secrets
  /** Default: nobody asks for it. */
  readonly doNotDisturb?: DoNotDisturb
  /** Stands in for the model that the settings name; for tests and other products. */
  readonly model?: ModelClient
}

export interface CoreOptions {
  readonly ports: CorePorts
  /** Exists, and is owned by this process. */
  readonly dataDirectory: string
  /** Absolute path of the folder that tasks work in unless they name another. */
  readonly workspace: string
  readonly environment: EnvironmentSettings
  /** Where choosing a workspace begins. */
  readonly homeDirectory: string
  /** IANA name; of recurring tasks that name none. */
  readonly timezone: string
  /** BCP 47 tags that the machine is set to, the most wanted first; for a person who chose no language. */
  readonly languages?: readonly string[]
  /** Holds `agents` and `workflows`, the files that come with the program; without it there are none. */
  readonly resourcesDirectory?: string
  /** Folder of the built `*.worker.js`; without it everything happens on the thread of the caller. */
  readonly workers?: string
  /** Full durability against power loss. */
  readonly synchronous?: 'normal' | 'full'
}

/** The product, without a host: one owner of everything that runs. */
export interface Core {
  readonly queue: BackgroundTaskQueue
  /** All tasks, filtered and in any order. */
  readonly listing: TaskListing
  /** Changes each of them by itself, and answers for each. */
  changeTasks(
    ids: readonly TaskId[],
    change: TaskChange,
  ): Promise<ResultOf<'task.changeMany'>['results']>
  readonly agents: Agents
  readonly mail: Mail
  /** The newest lines of the debug log of an agent. */
  agentLog: DurableAgents['readLog']
  readonly chat: ChatService
  /** Questions to the person. */
  readonly blockers: TeamWork['blockers']
  readonly plans: TeamWork['plans']
  readonly changes: TeamWork['changes']
  readonly workflows: TeamWork['workflows']
  readonly checkpoints: TeamWork['checkpoints']
  readonly costs: TeamWork['costs']
  /** What happened in a span of time. Rejects with `invalid_params` for a span or a time zone that is none. */
  overview(wish: OverviewWish): Promise<StatsOverview>
  /** Everything that waits for the person. */
  readonly inbox: Inbox
  /** What was done and said. */
  readonly history: HistoryService
  /** What the person was told. */
  readonly notifications: NotificationList
  /** What the checks of a task found, and what was done about it. */
  evidence(id: TaskId): ReturnType<typeof readEvidence>
  readonly settings: SettingsService
  /** How busy the machine was. */
  readonly machineHistory: MachineHistory
  readonly events: EventSource
  /** Progress and ends of tasks as plain events, for programs that embed the core. */
  readonly progress: TaskProgressEmitter
  readonly dataDirectory: string
  /** Folders below `path`, by default below the home directory. */
  browse(path: string | undefined): Promise<ResultOf<'workspace.browse'>>
  /** The folders that a person works in, and whether they are there. */
  workspaces(): Promise<ResultOf<'workspace.list'>['workspaces']>
  /** Asks a model for one word, with what is given in place of what is set. */
  testModel(tried: TriedModel, signal: AbortSignal): Promise<ResultOf<'settings.testModel'>>
  exportSettings(): ResultOf<'settings.export'>
  importSettings(document: SettingsDocument, dryRun: boolean): Promise<ResultOf<'settings.import'>>
  /** Files of a workspace whose path fits, best first. */
  readonly files: FileFinder
  /** The agents that Markdown files describe, for a workspace, by default the one of the settings. */
  definitions(workspace: string | undefined): ReturnType<AgentDefinitions['list']>
  /** Has things done, by the agents that suit. */
  readonly orchestrator: TeamWork['orchestrator']
  /** Rows that could not be read and were set aside. */
  quarantined(): number
  /** True when neither a task nor a reply nor a timer needs the host. */
  isIdle(): boolean
  /** Settles what a dead host left behind, then starts to work. */
  start(): Promise<void>
  /** Ends what runs, with its processes, and closes the database; nothing is lost. */
  stop(): Promise<void>
}

/** @throws AppError that names the database when it cannot be opened */
export function createCore(options: CoreOptions): Core {
  const { ports, dataDirectory } = options
  const { clock, ids, logger } = ports
  const store = openStore(options)
  const { log } = store
  const settings = new SettingsService({
    log,
    clock,
    secrets: ports.secrets,
    environment: options.environment,
    workspace: options.workspace,
  })
  const { models, gate, health } = createModels(
    ports,
    settings,
    () => queue.limits.maxConcurrentAgents,
  )
  const tools = agentTools({ clock })
  const definitions = new AgentDefinitions({
    ...options,
    clock,
    knownTools: grantable(tools),
  })
  const durable = createDurableAgents({
    ...ports,
    log,
    queue: () => queue,
    tools,
    definitions,
    logFolder: join(dataDirectory, 'agent-logs'),
    defaultWorkspace: () => settings.workspace,
    timezone: options.timezone,
    secrets: () => settings.secrets(),
  })
  const agents = new AgentExecutor({
    log,
    clock,
    logger,
    models,
    ownToolsOf: (task) => team.toolsOf(task),
    placeOf: (task) => team.placeOf(task),
    tools: createToolRegistry(tools, { logger }),
    assignmentOf: (task) => durable.assignmentOf(task),
    orderOf: (task) => durable.orderOf(task),
    definitions,
    secrets: () => settings.secrets(),
  })
  const team = createTeamWork({
    ...ports,
    log,
    settings,
    queue: () => queue,
    agents,
    commands: new ProcessExecutor(),
    releaseWork: (tx, id, reason) => durable.waitIsOver(tx, id, reason),
    dataDirectory,
    agentsIn: async (folder) => (await definitions.list(folder)).definitions,
    resourcesDirectory: options.resourcesDirectory,
  })
  const cards = taskCards(ids)
  const queue: BackgroundTaskQueue = new BackgroundTaskQueue({
    ...ports,
    log,
    executorOf: (task) => team.executorOf(task),
    secrets: () => settings.secrets(),
    markerPrefix: dataDirectory,
    hooks: [durable.ended, ...team.hooks, cards.ended],
    created: cards.created,
    follower: followedBy(durable.follower, team.follower),
    defaultWorkspace: () => settings.workspace,
    timezone: options.timezone,
  })
  const chat = createChat({ ports, log, models, settings, definitions, team, queue })
  tellOfLimits(log, gate)
  const inbox = new Inbox({ log, clock, logger, health, plans: team.plans, mail: durable.mail })
  const progress = new TaskProgressEmitter(log, logger)
  const indexer = new SearchIndexer({ log, clock, logger })
  const machineHistory = new MachineHistory({ ...ports, log })
  const preferences = () => settings.preferences
  const { notifier, notifications } = createNotify({ ...ports, ...options, log, preferences })
  const days = () => settings.preferences.retention
  const retention = new Retention({ ...ports, log, days })
  const ending = new AbortController()
  const closing = { ending, retention, gate, progress, inbox, machineHistory, notifier }
  const life = coreLife({ logger, store, durable, team, queue, chat, indexer, ...closing })
  return {
    ...taskWork(ports, store.reads, queue, ending.signal),
    chat,
    ...sharedWork(team, durable),
    inbox,
    machineHistory,
    notifications,
    evidence: (id) => readEvidence(log, clock, id),
    ...pastWork(options, store, queue),
    settings,
    events: log,
    progress,
    dataDirectory,
    browse: (path) => browseFolders(path ?? options.homeDirectory),
    ...settingsWork(ports, settings, queue),
    files: fileFinder(ports, dataDirectory, () => settings.workspace),
    definitions: async (workspace) =>
      definitions.list(await resolveWorkspace(workspace ?? settings.workspace)),
    quarantined: () => log.query((reader) => countQuarantined(reader)),
    ...life,
  }
}

/** Tasks, one by one and many of them. */
function taskWork(
  { clock, logger }: CorePorts,
  reads: LongReads,
  queue: BackgroundTaskQueue,
  signal: AbortSignal,
): Pick<Core, 'queue' | 'listing' | 'changeTasks'> {
  return {
    queue,
    listing: createTaskListing({ clock, reads, queue }),
    changeTasks: (ids, change) => changeMany({ queue, clock, logger, signal }, ids, change),
  }
}

/** What many agents do together. */
function sharedWork(team: TeamWork, durable: DurableAgents) {
  const { blockers, plans, changes, workflows, checkpoints, costs, orchestrator } = team
  const { agents, mail, readLog: agentLog } = durable
  const shared = { blockers, plans, changes, workflows, checkpoints, costs, orchestrator }
  return { ...shared, agents, mail, agentLog }
}

function tellOfLimits(log: EventSource, gate: ProviderGate): void {
  log.subscribe({
    durable: (event) => {
      if (event.name === 'queue.changed') gate.limitChanged()
    },
    live: () => undefined,
  })
}

/** What is read of the past, where it holds up nothing. */
function pastWork(
  { ports, timezone: ofHost }: CoreOptions,
  { log, reads }: ReturnType<typeof openStore>,
  queue: BackgroundTaskQueue,
): Pick<Core, 'history' | 'overview'> {
  return {
    history: createHistory({ ...ports, log, reads, queue }),
    overview: ({ timezone = ofHost, ...span }) =>
      reads.read('overview', { request: { ...span, timezone }, nowMs: ports.clock.now() }),
  }
}

/** What can be done with settings besides reading and changing them. */
function settingsWork(
  { clock, logger }: CorePorts,
  settings: SettingsService,
  queue: BackgroundTaskQueue,
): Pick<Core, 'workspaces' | 'testModel' | 'exportSettings' | 'importSettings'> {
  return {
    workspaces: () => describeWorkspaces(settings.workspaces, settings.workspace),
    testModel: (tried, signal) => testModel({ settings, clock, logger }, tried, signal),
    exportSettings: () => exportSettings({ settings, queue }, clock),
    importSettings: (document, dryRun) => importSettings({ settings, queue }, document, dryRun),
  }
}

/** The way to the model that the settings name, through one gate for chat and agents. */
function createModels(
  { clock, ids, logger, model }: CorePorts,
  settings: SettingsService,
  limit: () => number,
): { readonly models: ModelAccess; readonly gate: ProviderGate; readonly health: ModelHealth } {
  const client = modelChoice({ settings, clock, logger })
  const health = new ModelHealth(
    () => clock.now(),
    () => settings.modelIdentity(),
  )
  const gate = createProviderGate({ clock, logger, limit })
  const models = new ModelAccess({
    clock,
    ids,
    logger,
    gate,
    health,
    client: async () => model ?? client(),
  })
  return { models, gate, health }
}
