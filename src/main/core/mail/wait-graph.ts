import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import { selectAgent } from '../store/queries/agents.js'
import { selectAwaited } from '../store/queries/mails.js'

/** Agents that may wait for one another in a row. */
export const MOST_WAITING = 5

/**
 * Sees to it that nobody waits for ever: an agent waits for one answer at most, so who waits for whom is a path,
 * and a wait that would lead back to its beginning is refused before it begins.
 * @throws AppError `circular_wait` that names the circle, or `limit_exceeded` for a path that is too long
 */
export function refuseCircle(
  { db, at }: Transaction,
  sessionId: string,
  from: string,
  to: string,
): void {
  const path = [from, to]
  for (let name = to; ; ) {
    const taskId = selectAgent(db, sessionId, name, at)?.taskId ?? null
    const awaited = taskId === null ? undefined : selectAwaited(db, taskId, at)
    if (awaited === undefined) return
    name = awaited.to
    path.push(name)
    if (name === from) {
      throw new AppError(
        'circular_wait',
        `${from} would wait for itself: ${path.join(' → ')}; use send_mail, which does not wait`,
        { data: { path } },
      )
    }
    if (path.length > MOST_WAITING + 1) {
      throw new AppError(
        'limit_exceeded',
        `${MOST_WAITING} agents wait for one another already: ${path.join(' → ')}; use send_mail, which does not wait`,
      )
    }
  }
}
