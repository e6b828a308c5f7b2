import path from 'node:path'
import type { Budget } from '../../../shared/model/budget.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { Misfire } from '../../../shared/model/misfire.js'
import type { NotificationStrategy } from '../../../shared/model/preferences.js'
import type { TaskType } from '../../../shared/model/task.js'
import type { TaskLimits } from '../../../shared/model/task-limits.js'
import type { Isolation } from '../../../shared/model/worktree.js'
import type { ParamsOf } from '../../../shared/rpc/contract.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatComing } from '../format/duration.js'
import { given } from '../given.js'
import { asTaskId } from '../id-arguments.js'
import { printResult } from './result.js'
import { waitForResult } from './wait-for-result.js'

export interface ExecuteOptions {
  readonly async?: boolean
  readonly type?: TaskType
  readonly agent?: string
  readonly command?: string
  readonly priority?: number
  readonly after?: readonly string[]
  /** Epoch ms. */
  readonly at?: number
  readonly cron?: string
  readonly timezone?: string
  readonly misfire?: Misfire['policy']
  readonly retries?: number
  /** Milliseconds, although the flag takes seconds. */
  readonly timeout?: number
  readonly budget?: Budget
  /** Bytes, although the flags take megabytes. */
  readonly maxMemory?: number
  readonly maxOutput?: number
  readonly maxProcesses?: number
  /** False with `--no-rerun`. */
  readonly rerun?: boolean
  readonly check?: readonly string[]
  readonly plan?: 'ask' | 'run'
  readonly notify?: NotificationStrategy
  readonly workspace?: string
  readonly isolation?: Isolation
  readonly idempotencyKey?: string
}

export async function execute(
  context: CommandContext,
  description: string,
  options: ExecuteOptions,
): Promise<number> {
  const { host, terminal, json, environment } = context
  const params = submitParams(description, options, environment.cwd)
  const { taskId, mustWait } = await host.call('task.submit', params)
  // Its first run may be a year away: there is nothing to wait for.
  if (options.cron !== undefined) return printScheduled(context, taskId)
  const isHeld = options.async === true && mustWait === true
  if (isHeld && !json) {
    terminal.note(
      'Asynchronous tasks are switched off (smart-agents async on): waiting for the end.',
    )
  }
  if (!options.async || isHeld) {
    const found = await waitForResult(context, taskId)
    return printResult(context, found, { taskId, ...found })
  }
  if (json) terminal.json({ taskId })
  else terminal.line(`${startedLine(taskId)}\n${goOnLine(options)}`)
  return EXIT.ok
}

async function printScheduled(
  { host, terminal, json, environment }: CommandContext,
  taskId: TaskId,
): Promise<number> {
  const { task } = await host.call('task.get', { taskId })
  const { scheduleId, runAt } = task
  if (json) {
    terminal.json({ taskId, scheduleId, runAt })
    return EXIT.ok
  }
  terminal.line(`Task scheduled: ${taskId}`)
  if (runAt !== undefined) terminal.line(`First run: ${formatComing(runAt, environment.now())}`)
  if (scheduleId === undefined) return EXIT.ok
  terminal.line(`Schedule: ${scheduleId}`)
  terminal.note(`End it: smart-agents schedules delete ${scheduleId}`)
  return EXIT.ok
}

function goOnLine({ notify }: ExecuteOptions): string {
  return notify === 'silent' ? 'You can continue chatting.' : KEEP_CHATTING
}

/** Said once, after the tasks that go on in the background. */
export const KEEP_CHATTING = "You can continue chatting. I'll notify you when done."

export function startedLine(taskId: TaskId): string {
  return `Task started: ${taskId}`
}

/** What was not given is left out: the host knows what is usual. */
export function submitParams(
  description: string,
  options: ExecuteOptions,
  cwd: string,
): ParamsOf<'task.submit'> {
  const { command, after, retries } = options
  if (options.timezone !== undefined && options.cron === undefined) {
    throw usageError('--timezone is that of a --cron expression, and there is none')
  }
  return {
    description,
    type: options.type ?? (command === undefined ? 'agent_execution' : 'command'),
    workspace: path.resolve(cwd, options.workspace ?? '.'),
    ...given({
      agentType: options.agent,
      command,
      priority: options.priority,
      dependencies: after?.map(asTaskId),
      runAt: options.at,
      cron: options.cron,
      timezone: options.timezone,
      misfire: options.misfire,
      maxAttempts: retries === undefined ? undefined : retries + 1,
      timeoutMs: options.timeout,
      budget: options.budget,
      limits: limitsOf(options),
      checks: options.check?.map((command) => ({ kind: 'command' as const, command })),
      isolation: options.isolation,
      onInterruption: options.rerun === false ? ('fail' as const) : undefined,
      planApproval: options.plan,
      notify: options.notify,
      idempotencyKey: options.idempotencyKey,
    }),
  }
}

function limitsOf({ maxMemory, maxOutput, maxProcesses }: ExecuteOptions): TaskLimits | undefined {
  const limits = given({
    memoryBytes: maxMemory,
    outputBytes: maxOutput,
    processes: maxProcesses,
  })
  return Object.keys(limits).length === 0 ? undefined : limits
}
