import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import { askPerson } from '../blockers/ask-person.js'
import { Blockers } from '../blockers/blockers.js'
import { TeamCheckpoints } from '../checkpoints/team-checkpoints.js'
import { Costs } from '../costs/costs.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { TeamPlace } from '../executors/agent-executor.js'
import { type CorrectableExecutor, GatedExecutor } from '../gates/gated-executor.js'
import { reviewTools } from '../gates/review.js'
import type { Clock, Ids, Logger, ProcessRunner } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import type { TaskExecutor } from '../scheduler/executor.js'
import { followedBy, OutsideWaits } from '../scheduler/outside-waits.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { SettingsService } from '../settings/settings-service.js'
import type { OwnWaitReason, TaskRecord } from '../tasks/task-record.js'
import type { Tool } from '../tools/tool.js'
import { Workflows } from '../workflows/workflows.js'
import { Changes } from '../workplaces/changes.js'
import { createGround } from '../workplaces/ground.js'
import { Workplaces } from '../workplaces/workplaces.js'
import { AsyncOrchestrator } from './async-orchestrator.js'
import { Leads } from './leads.js'
import { Plans } from './plans.js'
import type { Selectable } from './select-agent.js'
import { TeamPool } from './team-pool.js'

export interface TeamWorkOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly processes: ProcessRunner
  readonly settings: SettingsService
  readonly queue: () => BackgroundTaskQueue
  readonly agents: CorrectableExecutor
  readonly commands: TaskExecutor
  /** Lets a task go on whose turn an agent decides; false for any other. */
  readonly releaseWork: (tx: Transaction, id: TaskId, reason: OwnWaitReason) => boolean
  readonly dataDirectory: string
  /** The agents that there are for a workspace. */
  readonly agentsIn: (workspace: string) => Promise<readonly Selectable[]>
  /** Holds `workflows`, those that come with the program. */
  readonly resourcesDirectory?: string | undefined
}

/** Everything that makes agents a team: where they work, when work is done, whom they ask, and who leads. */
export function createTeamWork(options: TeamWorkOptions) {
  const { log, queue, settings } = options
  const blockers = new Blockers({
    ...options,
    look: (tx, id) => waits.look(tx, id),
    expiryHours: () => settings.team.questionExpiryHours,
  })
  const plans: Plans = new Plans({
    ...options,
    submit: (tx, submission) => queue().add(tx, submission),
    look: (tx, id) => waits.look(tx, id),
  })
  const leads = new Leads({
    ...options,
    plans,
    settings: () => settings.team,
    cancel: (id) => queue().cancel(id),
  })
  const pool = new TeamPool({ ...options, held: () => queue().held })
  const ground = createGround(options)
  const workplaces = new Workplaces(ground)
  const waits: OutsideWaits = new OutsideWaits({
    isOpen: {
      answer: (db, id) => blockers.isOpen(db, id),
      approval: (db, id) => plans.isOpen(db, id),
    },
    releaseWork: options.releaseWork,
    wake: () => queue().wake(),
  })
  const gates = {
    ...options,
    workplaces,
    questions: blockers,
    secrets: () => settings.secrets(),
    submit: (params: TaskSubmitParams) => queue().submit(params),
  }
  const agents = pool.limiting(new GatedExecutor({ ...gates, work: options.agents }))
  const commands = new GatedExecutor({ ...gates, work: options.commands })
  const hooks: EndedHook[] = [
    blockers.ended,
    workplaces.ended,
    plans.ended,
    pool.ended,
    leads.ended,
    waits.ended,
  ]
  return {
    orchestrator: new AsyncOrchestrator({
      ...options,
      defaultWorkspace: () => settings.workspace,
    }),
    blockers,
    plans,
    changes: new Changes(ground),
    workflows: new Workflows({
      ...options,
      defaultWorkspace: () => settings.workspace,
    }),
    checkpoints: new TeamCheckpoints({
      ...options,
      plans,
      submit: (tx, submission) => queue().add(tx, submission),
      complete: (tx, id, result) => queue().complete(tx, id, result),
      begins: (tx, id, workspace) => workplaces.begins(tx, id, workspace),
      snapshots: workplaces,
    }),
    costs: new Costs(options),
    /** Hooks of the end of a task, in their order. */
    hooks,
    follower: followedBy(pool, waits),
    executorOf: (task: TaskRecord): TaskExecutor => (task.lane === 'agent' ? agents : commands),
    toolsOf: (task: TaskRecord): readonly Tool[] => [
      askPerson({ log, blockers, taskId: task.id }),
      ...leads.toolsOf(task),
      ...reviewTools(task),
    ],
    placeOf: (task: TaskRecord): TeamPlace => ({
      instructions: leads.instructionsOf(task),
      firstTurn: leads.firstTurnOf(task),
      history: pool.historyOf(task),
    }),
    hasTimers: () => blockers.hasTimers(),
    /** After the queue has settled what a dead host left behind, before it starts anything. */
    mend: () =>
      log.transaction((tx) => {
        waits.mend(tx)
        pool.mend(tx)
      }),
    start: async () => {
      blockers.start()
      leads.start()
      await workplaces.start()
    },
    stop: async () => {
      blockers.stop()
      await leads.stop()
      await workplaces.stop()
    },
  }
}

export type TeamWork = ReturnType<typeof createTeamWork>
