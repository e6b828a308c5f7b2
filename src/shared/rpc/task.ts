import { z } from 'zod'
import { Budget } from '../model/budget.js'
import { Checks, Correction, Evidence } from '../model/check.js'
import { ConversationId, ScheduleId, TaskId } from '../model/ids.js'
import { MisfireParam } from '../model/misfire.js'
import { TaskNotify } from '../model/notification.js'
import { NotificationStrategy } from '../model/preferences.js'
import { ResourceTrace } from '../model/resources.js'
import {
  EstimatedRange,
  PlanStep,
  ProgressUpdate,
  Stall,
  TaskAttempt,
  TaskError,
  TaskResult,
  TaskState,
  TaskStatus,
  TaskType,
  TaskView,
  WaitingFor,
} from '../model/task.js'
import { TaskLimits } from '../model/task-limits.js'
import { TaskMessage } from '../model/task-message.js'
import { TaskOrder } from '../model/task-order.js'
import { Isolation } from '../model/worktree.js'
import { durable, live, method } from './define.js'
import { ErrorCode } from './errors.js'
import { Instant, PageParams } from './params.js'

const TaskRef = z.strictObject({ taskId: TaskId })
/** 1 to 10; 10 is most urgent. */
const Priority = z.number().int().min(1).max(10)
const DAY_MS = 24 * 60 * 60 * 1000
/** UTF-16 units. */
const MOST_TAIL = 1_000_000

/** One task on a timeline. */
export const TimelineEntry = z.object({
  task: TaskView,
  /** When it ran; between them it waited. The last may have no end yet. */
  stretches: z.array(
    TaskAttempt.pick({ attempt: true, startedAt: true, endedAt: true, outcome: true }),
  ),
  /** What had to end before it began. */
  dependencies: z.array(TaskId),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** A line of a log in which something was found. */
export const LogMatch = z.object({
  /** Where the line begins, in UTF-16 units of the whole log. */
  offset: z.number(),
  /** The line without colours, or a piece of a long one around what was found. */
  text: z.string(),
})
export type LogMatch = z.infer<typeof LogMatch>

/** What of all tasks is wanted; each is one value or several. */
const TaskFilterParams = {
  state: oneOrMore(TaskState),
  type: oneOrMore(TaskType),
  agentType: oneOrMore(z.string().min(1).max(100)),
  workspace: oneOrMore(z.string().min(1).max(4096)),
}

function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1).max(100)]).optional()
}

/** What a task can be given. Who submits sees every field checked, also those refused for now. */
export const TaskSubmitParams = z.strictObject({
  description: z.string().trim().min(1, 'must not be empty').max(20_000),
  type: TaskType,
  agentType: z.string().trim().min(1).max(100).optional(),
  /** One line for the shell, run in the workspace. */
  command: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .refine((line) => !/[\0\r\n]/.test(line), 'must be one line')
    .optional(),
  input: z.unknown().optional(),
  priority: Priority.optional(),
  dependencies: z.array(TaskId).max(1000).optional(),
  onDependencyFailure: z.enum(['cancel', 'skip', 'run']).optional(),
  runAt: Instant.optional(),
  cron: z.string().min(1).max(200).optional(),
  timezone: z.string().min(1).max(100).optional(),
  misfire: MisfireParam.optional(),
  maxAttempts: z.number().int().min(1).max(100).optional(),
  timeoutMs: z
    .number()
    .int()
    .min(1)
    .max(30 * DAY_MS)
    .optional(),
  /** Seconds. */
  estimatedDuration: z.number().positive().optional(),
  budget: Budget.optional(),
  limits: TaskLimits.optional(),
  /** What becomes of it when the host crashes while it runs: it runs again, or fails with `interrupted`. */
  onInterruption: z.enum(['rerun', 'fail']).optional(),
  /** Done means that these pass, at the end, where the task works. */
  checks: Checks.optional(),
  /** Tries of an agent to mend what a check found before a person is asked; default 3. */
  maxCorrections: z.number().int().min(0).max(20).optional(),
  /** Of an agent's task; default `auto`. Commands always run in place. */
  isolation: Isolation.optional(),
  /** Whether a lead shows its plan and waits, or runs it at once; by default as the settings say. */
  planApproval: z.enum(['ask', 'run']).optional(),
  /** How much of it the person is told; a name alone is a strategy. Of the root of a tree. */
  notify: z.union([NotificationStrategy, TaskNotify]).optional(),
  parentId: TaskId.optional(),
  workspace: z.string().min(1).max(4096).optional(),
  conversationId: ConversationId.optional(),
  idempotencyKey: z.string().min(1).max(200).optional(),
})
export type TaskSubmitParams = z.infer<typeof TaskSubmitParams>

export const taskMethods = {
  /** Stores the task and answers; the work starts afterwards. */
  'task.submit': method(
    TaskSubmitParams,
    z.object({
      taskId: TaskId,
      /** Asynchronous tasks are switched off: the submitter is to wait for the result. */
      mustWait: z.literal(true).optional(),
    }),
  ),
  'task.status': method(TaskRef, TaskStatus),
  /** Null while unfinished; waits up to `waitMs` for the end. */
  'task.result': method(
    z.strictObject({ taskId: TaskId, waitMs: z.number().int().min(0).max(DAY_MS).optional() }),
    TaskResult.nullable(),
  ),
  'task.get': method(TaskRef, z.object({ task: TaskView, result: TaskResult.nullable() })),
  /**
   * Newest first. With `query`, tasks that have it, taken literally, as part of the id, the description,
   * the error or the beginning of the output, any case; of one or two characters, of the id or the
   * description. The host looks until the page is full or everything is searched, so a page that is
   * short is the last (a damaged task is left out of any page). It shows the tasks as they are at `seq`.
   *
   * With `order` or `descending` in another order than newest first. `total` counts all that fit whatever page is asked
   * for, and `names` tells what there is to filter by. Beside a `query` each of them is refused. A cursor goes on in the
   * order that it comes from, whether those two are asked for or not.
   */
  'task.list': method(
    z.strictObject({
      ...TaskFilterParams,
      query: z.string().min(1).max(500).optional(),
      parentId: TaskId.optional(),
      scheduleId: ScheduleId.optional(),
      /** By default `created`. Ascending if given unless `descending` says otherwise; of equal ones the newest first. */
      order: TaskOrder.optional(),
      descending: z.boolean().optional(),
      total: z.boolean().optional(),
      names: z.boolean().optional(),
      ...PageParams,
    }),
    z.object({
      tasks: z.array(TaskView),
      nextCursor: z.string().nullable(),
      seq: z.number(),
      total: z.number().optional(),
      /** In alphabetical order, 200 at most. */
      names: z
        .object({ agentTypes: z.array(z.string()), workspaces: z.array(z.string()) })
        .optional(),
    }),
  ),
  /** Answers when the task's processes are dead. */
  'task.cancel': method(TaskRef, z.object({ taskId: TaskId, state: TaskState })),
  /** Runs a failed or cancelled task again, under its own id, from its last finished step. */
  'task.retry': method(TaskRef, z.object({ taskId: TaskId, state: TaskState })),
  /**
   * Submits a task that has ended once more, as a new one that names the old. What it waited for at first (other tasks, an instant, a
   * lead, a schedule) is not waited for again; results of tasks that it depended on are handed to it again. `not_found` when its folder
   * is gone, `invalid_state` while it has not ended.
   */
  'task.rerun': method(TaskRef, z.object({ taskId: TaskId })),
  /** 1 to 10; a waiting task moves in the line at once. */
  'task.setPriority': method(
    z.strictObject({ taskId: TaskId, priority: Priority }),
    z.object({ taskId: TaskId, priority: z.number() }),
  ),
  /**
   * One decision about many tasks. Each is changed by itself, as the method of that name does it: of one that refuses the answer
   * says why, and the others are changed. In the order of the ids, each once; of tasks that are cancelled, once all are dead.
   */
  'task.changeMany': method(
    z
      .strictObject({
        taskIds: z.array(TaskId).min(1).max(500),
        action: z.enum(['cancel', 'retry', 'runNow', 'setPriority']),
        priority: Priority.optional(),
      })
      .refine(
        ({ action, priority }) => (action === 'setPriority') === (priority !== undefined),
        'priority belongs to setPriority, which needs it',
      ),
    z.object({
      results: z.array(
        z.union([
          z.object({ taskId: TaskId, state: TaskState }),
          z.object({ taskId: TaskId, error: z.object({ code: ErrorCode, message: z.string() }) }),
        ]),
      ),
    }),
  ),
  /** Every stretch of every attempt, oldest first. */
  'task.attempts': method(TaskRef, z.object({ attempts: z.array(TaskAttempt) })),
  /** Starts a waiting task although gauges or limits hold it back. */
  'task.runNow': method(TaskRef, z.object({ taskId: TaskId, state: TaskState })),
  /** Output from `sinceOffset` (UTF-16 units) on, one chunk at a time; with `tail` the last so many. */
  'task.log': method(
    z
      .strictObject({
        taskId: TaskId,
        sinceOffset: z.number().int().min(0).optional(),
        tail: z.number().int().min(1).max(MOST_TAIL).optional(),
      })
      .refine(
        ({ sinceOffset, tail }) => sinceOffset === undefined || tail === undefined,
        'sinceOffset and tail exclude each other',
      ),
    z.object({
      text: z.string(),
      offset: z.number(),
      nextOffset: z.number(),
      complete: z.boolean(),
    }),
  ),
  /**
   * Lines of the output with `query` in them, taken literally, any case, from `sinceOffset` on; colours and the like are
   * left out of account. The host looks at a stretch of the log for each answer: go on with `nextOffset` until it is null.
   */
  'task.logSearch': method(
    z.strictObject({
      taskId: TaskId,
      query: z.string().min(1).max(500),
      sinceOffset: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(1000).optional(),
    }),
    z.object({ matches: z.array(LogMatch), nextOffset: z.number().nullable() }),
  ),
  /**
   * Who ran when since an instant, and after what: tasks that were there at some moment since, newest first. Of those that
   * have ended the newest 5,000 are looked at.
   */
  'task.timeline': method(
    z.strictObject({
      since: Instant,
      ...TaskFilterParams,
      limit: z.number().int().min(1).max(500).optional(),
    }),
    z.object({ entries: z.array(TimelineEntry) }),
  ),
  /** What its processes took over time, one trace for each stretch. */
  'task.resources': method(TaskRef, z.object({ traces: z.array(ResourceTrace) })),
  /** Says something to a running task; it reaches the agent before its next step. */
  'task.message': method(
    z.strictObject({ taskId: TaskId, text: z.string().trim().min(1).max(100_000) }),
    z.object({ delivered: z.boolean(), message: TaskMessage }),
  ),
  /** Oldest first. */
  'task.messages': method(TaskRef, z.object({ messages: z.array(TaskMessage), seq: z.number() })),
  /** What its checks found, and what was done about it; oldest first. */
  'task.evidence': method(
    TaskRef,
    z.object({
      evidence: z.array(Evidence),
      corrections: z.array(Correction),
      seq: z.number(),
    }),
  ),
}

const about = { taskId: TaskId, conversationId: ConversationId.optional() }

export const taskEvents = {
  'task.created': durable(z.object({ ...about, task: TaskView })),
  'task.started': durable(z.object({ ...about, attempt: z.number() })),
  'task.progress': durable(
    z.object({
      ...about,
      ...ProgressUpdate.shape,
      steps: z.array(PlanStep),
      estimatedTimeRemaining: z.number().optional(),
      estimatedRange: EstimatedRange.optional(),
    }),
  ),
  /** The task's own blocker changed; queue-wide reasons are told by `queue.changed`. */
  'task.waiting': durable(z.object({ ...about, waitingFor: WaitingFor })),
  'task.updated': durable(z.object({ ...about, priority: z.number() })),
  /** Without a sign of life for long, or null when there is one again. */
  'task.stalled': durable(z.object({ ...about, stalled: Stall.nullable() })),
  /** One of its checks was made; the output is with `task.evidence`. */
  'task.checked': durable(z.object({ ...about, evidence: Evidence.omit({ output: true }) })),
  /** A try to mend what a check found begins or ends. */
  'task.correction_attempt': durable(z.object({ ...about, correction: Correction })),
  /** A message to it was kept (delivered), or its agent has taken it up (read). */
  'task.message': durable(z.object({ ...about, message: TaskMessage })),
  'task.completed': durable(z.object({ ...about, result: TaskResult })),
  'task.failed': durable(z.object({ ...about, error: TaskError, result: TaskResult })),
  'task.cancelled': durable(z.object({ ...about, error: TaskError, result: TaskResult })),
  /** They had ended long ago, and were removed as the settings say. */
  'task.removed': durable(z.object({ taskIds: z.array(TaskId) })),
  'task.output': live(z.object({ ...about, offset: z.number(), text: z.string() })),
}
