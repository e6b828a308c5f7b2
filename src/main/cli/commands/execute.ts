import path from 'node:path'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskType } from '../../../shared/model/task.js'
import type { ParamsOf } from '../../../shared/rpc/contract.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { asTaskId } from '../task-id.js'
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
  readonly retries?: number
  /** Milliseconds, although the flag takes seconds. */
  readonly timeout?: number
  readonly workspace?: string
  readonly idempotencyKey?: string
}

export async function execute(
  context: CommandContext,
  description: string,
  options: ExecuteOptions,
): Promise<number> {
  const { host, terminal, json, environment } = context
  const params = submitParams(description, options, environment.cwd)
  const { taskId } = await host.call('task.submit', params)
  if (!options.async) {
    const found = await waitForResult(context, taskId)
    return printResult(context, found, { taskId, ...found })
  }
  if (json) terminal.json({ taskId })
  else terminal.line(`${startedLine(taskId)}\n${KEEP_CHATTING}`)
  return EXIT.ok
}

/** Said once, after the tasks that go on in the background. */
export const KEEP_CHATTING = "You can continue chatting. I'll notify you when done."

export function startedLine(taskId: TaskId): string {
  return `Task started: ${taskId}`
}

/** Flags whose issues are not done are passed on as well: the host says that it refuses them. */
export function submitParams(
  description: string,
  options: ExecuteOptions,
  cwd: string,
): ParamsOf<'task.submit'> {
  const { agent, command, priority, after, at, cron, retries, timeout, idempotencyKey } = options
  return {
    description,
    type: options.type ?? (command === undefined ? 'agent_execution' : 'command'),
    workspace: path.resolve(cwd, options.workspace ?? '.'),
    ...(agent === undefined ? {} : { agentType: agent }),
    ...(command === undefined ? {} : { command }),
    ...(priority === undefined ? {} : { priority }),
    ...(after === undefined ? {} : { dependencies: after.map(asTaskId) }),
    ...(at === undefined ? {} : { runAt: at }),
    ...(cron === undefined ? {} : { cron }),
    ...(retries === undefined ? {} : { maxAttempts: retries + 1 }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  }
}
