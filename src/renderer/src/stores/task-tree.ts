import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal, type TaskState, type TaskView } from '../../../shared/model/task.js'
import type { TasksState } from './tasks.js'

/** What the tasks below a task have come to, all levels together. */
export interface TreeSummary {
  readonly total: number
  readonly counts: Readonly<Record<TaskState, number>>
  /** 0 to 100: the mean over all of them; what has ended counts as whole. */
  readonly progress: number
}

type ById = TasksState['byId']

/** Made once for each change of the tasks, whoever asks. */
let known: { readonly byId: ById; readonly children: ReadonlyMap<TaskId, readonly TaskView[]> } = {
  byId: {},
  children: new Map(),
}

function childrenIn(byId: ById): ReadonlyMap<TaskId, readonly TaskView[]> {
  if (known.byId === byId) return known.children
  const children = new Map<TaskId, TaskView[]>()
  for (const task of Object.values(byId)) {
    if (task.parentId === undefined) continue
    const siblings = children.get(task.parentId)
    if (siblings === undefined) children.set(task.parentId, [task])
    else siblings.push(task)
  }
  known = { byId, children }
  return children
}

/** The tasks that were started for a task, one level below it. */
export function childrenOf(byId: ById, taskId: TaskId): readonly TaskView[] {
  return childrenIn(byId).get(taskId) ?? []
}

/** Null of a task that has none below it. */
export function treeBelow(byId: ById, taskId: TaskId): TreeSummary | null {
  const children = childrenIn(byId)
  const below: TaskView[] = []
  const seen = new Set<TaskId>([taskId])
  const open = [taskId]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const child of children.get(id) ?? []) {
      if (seen.has(child.id)) continue
      seen.add(child.id)
      below.push(child)
      open.push(child.id)
    }
  }
  if (below.length === 0) return null
  const counts = { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 }
  let progress = 0
  for (const task of below) {
    counts[task.state]++
    progress += isTerminal(task.state) ? 100 : task.progress
  }
  return { total: below.length, counts, progress: progress / below.length }
}
