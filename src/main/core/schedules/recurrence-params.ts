import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import { firstInstant } from './cron.js'

/** What a recurring task cannot have as well, and why. */
const NOT_WITH_CRON = {
  runAt: 'the rule names the instants of all its runs',
  dependencies: 'each of its runs starts at its instant, whatever other tasks do',
  parentId: 'it has no end that its parent could wait for',
} as const satisfies { readonly [Name in keyof TaskSubmitParams]?: string }

/** @throws AppError `invalid_params` for what a recurring task cannot be given, or only it can */
export function refuseRecurrence(params: TaskSubmitParams, nowMs: number): void {
  const { cron, timezone, dependencies } = params
  if (cron === undefined) {
    if (timezone === undefined) return
    throw new AppError(
      'invalid_params',
      'timezone: needs cron; an instant (runAt) names its own offset',
    )
  }
  const given = { ...params, dependencies: dependencies?.length === 0 ? undefined : dependencies }
  for (const [name, reason] of Object.entries(NOT_WITH_CRON)) {
    if (given[name as keyof typeof NOT_WITH_CRON] !== undefined) {
      throw new AppError('invalid_params', `${name}: cannot be used with cron, since ${reason}`)
    }
  }
  firstInstant(cron, timezone ?? 'UTC', nowMs)
}
