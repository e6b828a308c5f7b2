import { createHash } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { TaskType } from '../../../shared/model/task.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import { refuseGivenPlan } from '../orchestrator/given-plan.js'
import type { Clock } from '../ports.js'
import { TOLERANCE_MS } from '../schedules/misfire.js'
import { refuseRecurrence } from '../schedules/recurrence-params.js'
import { laneOf } from './lane.js'

const DEFAULT_AGENT: Readonly<Record<TaskType, string>> = {
  agent_execution: 'general-purpose',
  orchestration: 'lead',
  analysis: 'analyzer',
  build: 'build',
  e2e_test: 'e2e_test',
  command: 'command',
}

/** @throws AppError `invalid_params` that names the first parameter that cannot be honoured */
export function refuseWhatCannotBeHonoured(params: TaskSubmitParams, nowMs: number): void {
  if (params.notify !== undefined && params.parentId !== undefined) {
    throw new AppError(
      'invalid_params',
      'notify: a task below another one is told of with the root of its tree; give it to that one',
    )
  }
  refuseTimes(params, nowMs)
  refuseRecurrence(params, nowMs)
  refuseGivenPlan(params)
  const runsAgent = laneOf(params.type) === 'agent'
  refuseTerms(params, runsAgent)
  if (runsAgent && params.command !== undefined) {
    throw new AppError(
      'invalid_params',
      `command: a task of type ${params.type} is done by an agent, which chooses its commands itself; ` +
        'use type command, build or e2e_test, or put the command into the description',
    )
  }
  if (params.type === 'command' && params.command === undefined) {
    throw new AppError(
      'invalid_params',
      'command: missing; a task of type command needs one line to run',
    )
  }
}

function refuseTerms(params: TaskSubmitParams, runsAgent: boolean): void {
  const { isolation, planApproval, type } = params
  if (!runsAgent && isolation !== undefined && isolation !== 'in_place') {
    throw new AppError(
      'invalid_params',
      `isolation: a task of type ${type} is one command and runs in place; leave it out`,
    )
  }
  if (planApproval !== undefined && type !== 'orchestration') {
    throw new AppError(
      'invalid_params',
      `planApproval: only a task of type orchestration makes a plan, this one is of type ${type}; leave it out`,
    )
  }
}

function refuseTimes({ runAt, cron, misfire }: TaskSubmitParams, nowMs: number): void {
  if (runAt !== undefined && runAt < nowMs - TOLERANCE_MS) {
    throw new AppError(
      'invalid_params',
      `runAt: ${new Date(runAt).toISOString()} is in the past; leave it out to start at once`,
    )
  }
  if (misfire !== undefined && runAt === undefined && cron === undefined) {
    throw new AppError(
      'invalid_params',
      'misfire: needs runAt or cron; without an instant nothing is missed',
    )
  }
}

export function agentTypeOf(params: TaskSubmitParams): string {
  return params.agentType ?? DEFAULT_AGENT[params.type]
}

/**
 * The folder that a task works in, absolute and with symlinks resolved.
 * @throws AppError `invalid_params` for a relative path, `not_found` where there is no such folder
 */
export async function resolveWorkspace(path: string): Promise<string> {
  if (!isAbsolute(path)) {
    throw new AppError(
      'invalid_params',
      `workspace: ${JSON.stringify(path)} is relative; give an absolute path such as ${resolve('/', path)}`,
    )
  }
  try {
    const real = await realpath(path)
    if ((await stat(real)).isDirectory()) return real
  } catch (error) {
    throw new AppError('not_found', `workspace: there is no folder ${JSON.stringify(path)}`, {
      cause: error,
    })
  }
  throw new AppError('not_found', `workspace: ${JSON.stringify(path)} is a file, not a folder`)
}

/** How long a folder that was found counts as being there. */
const FOUND_FOR_MS = 1000
const FOLDERS_IN_MEMORY = 100

/** Finds folders once for many submits that come together. */
export class WorkspaceResolver {
  readonly #clock: Clock
  readonly #found = new Map<string, { readonly atMs: number; readonly path: Promise<string> }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws what `resolveWorkspace` throws */
  resolve(path: string): Promise<string> {
    const now = this.#clock.now()
    const found = this.#found.get(path)
    if (found !== undefined && Math.abs(now - found.atMs) <= FOUND_FOR_MS) return found.path
    if (this.#found.size >= FOLDERS_IN_MEMORY) this.#found.clear()
    const look = { atMs: now, path: resolveWorkspace(path) }
    this.#found.set(path, look)
    // A folder that was missing may be made the next moment: only those that share this look hear it.
    look.path.catch(() => {
      if (this.#found.get(path) === look) this.#found.delete(path)
    })
    return look.path
  }
}

/** Two submits with one idempotency key are the same when this is. */
export function contentHash(params: TaskSubmitParams, workspace: string): string {
  const { idempotencyKey: _, ...content } = params
  return createHash('sha256')
    .update(canonicalJson({ ...content, workspace }))
    .digest('hex')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
