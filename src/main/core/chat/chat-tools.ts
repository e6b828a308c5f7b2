import { z } from 'zod'
import { type ConversationId, TaskId } from '../../../shared/model/ids.js'
import { type TaskResult, TaskState, type TaskView } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { AsyncOrchestrator } from '../orchestrator/async-orchestrator.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import type { Tool, ToolContext, ToolOutcome } from '../tools/tool.js'

/** What a model reads of a task's output at most, in UTF-16 units. */
const LONGEST_OUTPUT = 30_000
const LISTED_TASKS = 30
/** A reply waits for its task as long as the task takes; a person can stop the reply. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1000
const LISTED_DESCRIPTION = 300

const StartTask = TaskSubmitParams.pick({
  description: true,
  type: true,
  agentType: true,
  command: true,
  input: true,
  priority: true,
  maxAttempts: true,
  timeoutMs: true,
  estimatedDuration: true,
  dependencies: true,
  onDependencyFailure: true,
  runAt: true,
  cron: true,
  timezone: true,
  misfire: true,
  checks: true,
  planApproval: true,
  notify: true,
})
const TaskRef = z.strictObject({ taskId: TaskId })

/** The tools of the chat: they start and steer tasks, and never do work themselves. */
export function chatTools(
  queue: BackgroundTaskQueue,
  orchestrator: Pick<AsyncOrchestrator, 'executeTaskAsync'>,
  conversation: { readonly id: ConversationId; readonly workspace: string },
  settings: { readonly asyncTasks: boolean } = { asyncTasks: true },
): readonly Tool[] {
  return [
    chatTool({
      name: 'start_task',
      description:
        'Starts a task in the background and answers at once with its id. The work goes on while you talk. ' +
        'What an agent_execution without agentType says decides which agent does it; the answer says which, and why. ' +
        'With cron (five fields, in timezone or the time zone of this machine) it comes back: each time a task of its own.',
      input: StartTask,
      summarize: ({ cron, description }) =>
        `${cron === undefined ? 'Started' : 'Scheduled'}: ${description}`,
      // The call's name is the idempotency key: run again after a crash it finds the same task.
      run: async (input, { callId, signal }) => {
        const { taskId, choice } = await orchestrator.executeTaskAsync({
          ...input,
          workspace: conversation.workspace,
          conversationId: conversation.id,
          idempotencyKey: callId,
        })
        if (input.cron !== undefined) return { taskId, ...recurrence(queue.get(taskId).task) }
        if (settings.asyncTasks || input.runAt !== undefined) {
          return choice === undefined ? { taskId } : { taskId, ...choice }
        }
        // Asynchronous tasks are switched off: they run in turn, each before the next is started.
        const result = await queue.waitForResult(taskId, LONGEST_WAIT_MS, signal)
        return { taskId, result: forModel(result) }
      },
    }),
    chatTool({
      name: 'list_tasks',
      description: `The newest ${LISTED_TASKS} background tasks with state, progress and why they wait.`,
      input: z.strictObject({ state: TaskState.optional() }),
      summarize: () => 'Looked at the tasks',
      run: async ({ state }) => ({
        tasks: queue.list({ state, limit: LISTED_TASKS }).tasks.map(listed),
      }),
    }),
    chatTool({
      name: 'task_status',
      description: 'State, progress, current step and remaining time of one task.',
      input: TaskRef,
      summarize: ({ taskId }) => `Looked at ${taskId}`,
      run: async ({ taskId }) => queue.get(taskId).task,
    }),
    chatTool({
      name: 'task_result',
      description: 'The result of a task that has ended; null while it is unfinished.',
      input: TaskRef,
      summarize: ({ taskId }) => `Read the result of ${taskId}`,
      run: async ({ taskId }) => forModel(queue.getResult(taskId)),
    }),
    chatTool({
      name: 'cancel_task',
      description:
        'Ends a pending or running task and its processes; answers when they are dead. A recurring task that waits for its next ' +
        'run is over for good; while a run of it is under way only that run ends.',
      input: TaskRef,
      summarize: ({ taskId }) => `Cancelled ${taskId}`,
      run: async ({ taskId }) => ({ taskId, state: await queue.cancel(taskId) }),
    }),
    chatTool({
      name: 'message_task',
      description: 'Says something to the agent of a task; it reads it before its next step.',
      input: z.strictObject({ taskId: TaskId, text: z.string().trim().min(1).max(20_000) }),
      summarize: ({ taskId }) => `Wrote to ${taskId}`,
      run: async ({ taskId, text }) => {
        queue.message(taskId, text)
        return { delivered: true }
      },
    }),
  ]
}

/** A tool whose outcome a model reads as JSON, and whose errors it is told. */
export function chatTool<S extends z.ZodType>(definition: {
  readonly name: string
  readonly description: string
  readonly input: S
  readonly summarize: (input: z.output<S>) => string
  readonly run: (
    input: z.output<S>,
    call: Pick<ToolContext, 'callId' | 'signal'>,
  ) => Promise<unknown>
}): Tool<S> {
  return {
    name: definition.name,
    description: definition.description,
    input: definition.input,
    // Only this changes something that a repeated call would change again.
    readOnly: definition.name !== 'message_task',
    summarize: definition.summarize,
    run: async (input, { callId, signal }): Promise<ToolOutcome> => {
      try {
        const content = JSON.stringify(await definition.run(input, { callId, signal }))
        return { content, isError: false }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { content: `${error.code}: ${error.message}`, isError: true }
      }
    },
  }
}

/** What can be said at once of a task that comes back. */
function recurrence({ scheduleId, runAt }: TaskView) {
  return { scheduleId, firstRun: new Date(runAt ?? 0).toISOString() }
}

/** A result as a model reads it; null of a task that is unfinished. */
function forModel(result: TaskResult | null) {
  if (result === null) return null
  const output = typeof result.output === 'string' ? result.output : JSON.stringify(result.output)
  return { ...result, output: shorten(output) }
}

/** A task as a list shows it to a model: what tells it apart and how it stands. */
function listed(task: TaskView) {
  const { workspace: _w, steps: _s, command: _c, description, ...rest } = task
  return { ...rest, description: description.slice(0, LISTED_DESCRIPTION) }
}

/** Head and tail of a long text: what came first and how it ended. */
function shorten(text: string): string {
  if (text.length <= LONGEST_OUTPUT) return text
  const half = LONGEST_OUTPUT / 2
  const left = text.length - LONGEST_OUTPUT
  return `${text.slice(0, half)}\n[… ${left} characters left out …]\n${text.slice(-half)}`
}
