import { inLine, type Queued } from '../../../../shared/model/task-order.js'

const LEAST = 1
const MOST = 10

export interface Placement {
  readonly priority: number
  /** Where in the line it will stand, which the order of submission may keep from being where it was dropped. */
  readonly index: number
}

/**
 * The priority that brings a waiting task to `index` of the line, or as near as priorities can: tasks of one priority
 * keep the order in which they were submitted. Of priorities that do equally well the nearest to the present one.
 *
 * @param others the line without the task, in order
 */
export function placementAt(task: Queued, others: readonly Queued[], index: number): Placement {
  const candidates: Placement[] = []
  for (let priority = LEAST; priority <= MOST; priority++) {
    candidates.push({ priority, index: indexWith({ ...task, priority }, others) })
  }
  const distance = (placement: Placement) => Math.abs(placement.index - index)
  const change = ({ priority }: Placement) => Math.abs(priority - task.priority)
  const [best] = candidates.sort((a, b) => distance(a) - distance(b) || change(a) - change(b))
  return best ?? { priority: task.priority, index }
}

function indexWith(task: Queued, others: readonly Queued[]): number {
  const after = others.findIndex((other) => inLine(task, other) < 0)
  return after < 0 ? others.length : after
}
