import type { TaskView } from '../../../shared/model/task.js'

/**
 * Whether any of the waiting tasks may run before a time that is still to come: not one that waits
 * for its time, nor one that waits for such a task.
 */
export function mayStillRun(waiting: readonly TaskView[]): boolean {
  const later = new Set<string>()
  const isLater = ({ waitingFor }: TaskView) =>
    waitingFor?.reason === 'schedule' ||
    (waitingFor?.reason === 'dependency' &&
      (waitingFor.blockedBy ?? []).some((blocker) => later.has(blocker)))
  let rest = waiting
  for (;;) {
    const found = rest.filter(isLater)
    if (found.length === 0) return rest.length > 0
    for (const { id } of found) later.add(id)
    rest = rest.filter(({ id }) => !later.has(id))
  }
}
