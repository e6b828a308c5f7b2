import type { TaskId } from '../../../shared/model/ids.js'
import { Blockers } from '../blockers/blockers.js'
import { TeamCheckpoints } from '../checkpoints/team-checkpoints.js'
import { Costs } from '../costs/costs.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import { type CorrectableExecutor, GatedExecutor } from '../gates/gated-executor.js'
import type { Clock, Ids, Logger, ProcessRunner } from '../ports.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import type { TaskExecutor } from '../scheduler/executor.js'
import { OutsideWaits } from '../scheduler/outside-waits.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import type { SettingsService } from '../settings/settings-service.js'
import type { OwnWaitReason, TaskRecord } from '../tasks/task-record.js'
import type { Tool } from '../tools/tool.js'
import { Workflows } from '../workflows/workflows.js'
import { Changes } from '../workplaces/changes.js'
import { createGround } from '../workplaces/ground.js'
import { Workplaces } from '../workplaces/workplaces.js'
import { Plans } from './plans.js'

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
}

/** Everything that makes agents a team: where they work, when work is done, whom they ask, and who leads. */
export function createTeamWork(options: TeamWorkOptions) {
  const { log, queue } = options
  const blockers = new Blockers()
  const plans = new Plans()
  const ground = createGround(options)
  const workplaces = new Workplaces(ground)
  const waits = new OutsideWaits({
    isOpen: {
      answer: (db, id) => blockers.isOpen(db, id),
      approval: (db, id) => plans.isOpen(db, id),
    },
    releaseWork: options.releaseWork,
    wake: () => queue().wake(),
  })
  const agents = new GatedExecutor({ workplaces, work: options.agents })
  const commands = new GatedExecutor({ workplaces, work: options.commands })
  const hooks: EndedHook[] = [blockers.ended, workplaces.ended, waits.ended]
  return {
    blockers,
    plans,
    changes: new Changes(ground),
    workflows: new Workflows(),
    checkpoints: new TeamCheckpoints(),
    costs: new Costs(),
    /** Hooks of the end of a task, in their order. */
    hooks,
    follower: waits,
    executorOf: (task: TaskRecord): TaskExecutor => (task.lane === 'agent' ? agents : commands),
    toolsOf: (_task: TaskRecord): readonly Tool[] => [],
    hasTimers: () => blockers.hasTimers(),
    /** After the queue has settled what a dead host left behind, before it starts anything. */
    mend: () => log.transaction((tx) => waits.mend(tx)),
    start: async () => {
      blockers.start()
      await workplaces.start()
    },
    stop: async () => {
      blockers.stop()
      await workplaces.stop()
    },
  }
}

export type TeamWork = ReturnType<typeof createTeamWork>
