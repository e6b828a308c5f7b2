import type { TaskId } from '../../../shared/model/ids.js'
import type { TeamSettings } from '../../../shared/model/settings.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { ModelTurn } from '../models/model-client.js'
import type { Logger } from '../ports.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import { selectOrphans } from '../store/queries/plans.js'
import { selectOpenBelow } from '../store/queries/task-tree.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Tool } from '../tools/tool.js'
import { givenPlan } from './given-plan.js'
import { leadTools } from './lead-tools.js'
import type { Plans } from './plans.js'

const INSTRUCTIONS = `You lead a team. You plan, workers do; you do not do their work yourself.
- Look at what is there, as far as the plan needs it, then call run_plan once with all parts. Parts that do not need each
  other's results run at the same time: give only the dependencies that there are, and let no two parts at the same time
  change the same files. A part is one thing that can be checked: give it checks (the project's own tests, type check, lint
  or build) where there are any.
- Each worker sees only its part's description, the goal and the reports of the parts that it depends on. Say in it what is
  wanted, where, and what must not be touched.
- run_plan answers when every part has ended. Work of workers in a git repository is merged into yours. A part that has failed
  is not done: run it again, differently, under the same key, or say so. Three rounds are the most.
- End with finish: one report for the person: the outcome first, then what each part came to, with the evidence.`

export interface LeadsOptions {
  readonly log: EventLog
  readonly logger: Logger
  readonly plans: Plans
  readonly settings: () => TeamSettings
  /** Ends a task with its processes. */
  readonly cancel: (id: TaskId) => Promise<unknown>
}

/** Tasks of type orchestration: what their agents are told and can do, and what their end means for others. */
export class Leads {
  readonly #options: LeadsOptions
  readonly #cancelling = new Set<Promise<unknown>>()

  constructor(options: LeadsOptions) {
    this.#options = options
  }

  toolsOf(task: TaskRecord): readonly Tool[] {
    if (task.type !== 'orchestration') return []
    const { log, plans } = this.#options
    return leadTools({ log, plans, lead: task, asks: this.#asks(task) })
  }

  instructionsOf(task: TaskRecord): string | undefined {
    return task.type === 'orchestration' ? INSTRUCTIONS : undefined
  }

  /** A lead that was given its plan begins with running it: no model is asked what is known. */
  firstTurnOf(task: TaskRecord): ModelTurn | undefined {
    if (task.type !== 'orchestration') return undefined
    const plan = givenPlan(task.input)
    if (plan === null) return undefined
    return {
      content: [{ type: 'tool_use', id: 'given_plan', name: 'run_plan', input: plan }],
      stopReason: 'tool_use',
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      model: 'plan',
    }
  }

  /** Nobody waits any more for what the workers of a lead do that has ended without success. */
  readonly ended: EndedHook = (tx, task, state) => {
    if (task.type !== 'orchestration' || state === 'completed') return
    const open = selectOpenBelow(tx.db, task.id)
    if (open.length > 0) tx.afterCommit(() => this.#cancel(open))
  }

  /** What a crash has left between the end of a lead and that of its workers. */
  start(): void {
    this.#cancel(this.#options.log.query(selectOrphans))
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#cancelling)
  }

  #cancel(ids: readonly TaskId[]): void {
    for (const id of ids) {
      const cancelling = this.#options
        .cancel(id)
        // Mostly it has ended meanwhile; what is left is found at the next start.
        .catch((error: unknown) =>
          this.#options.logger.debug({ id, error: messageOf(error) }, 'a worker was not cancelled'),
        )
        .finally(() => this.#cancelling.delete(cancelling))
      this.#cancelling.add(cancelling)
    }
  }

  #asks({ planApproval, conversationId }: TaskRecord): boolean {
    const setting = planApproval ?? this.#options.settings().planApproval
    return setting === 'auto' ? conversationId !== null : setting === 'ask'
  }
}
