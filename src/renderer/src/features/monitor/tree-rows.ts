import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'

export interface TreeRow {
  readonly task: TaskView
  /** 1 for a task without a parent that is known. */
  readonly level: number
  readonly children: number
}

/**
 * The rows of a tree, parents before their children, in the order of `tasks`; what is below a closed one is left out.
 * One whose parent is not among the tasks stands at the root, and so does one of a circle.
 */
export function treeRows(
  tasks: readonly TaskView[],
  isOpen: (id: TaskId) => boolean,
): readonly TreeRow[] {
  const known = new Map(tasks.map((task) => [task.id, task]))
  const childrenOf = new Map<TaskId, TaskView[]>()
  const roots: TaskView[] = []
  for (const task of tasks) {
    const parent = task.parentId === undefined ? undefined : known.get(task.parentId)
    if (parent === undefined || isBelow(parent, task, known)) {
      roots.push(task)
      continue
    }
    const siblings = childrenOf.get(parent.id)
    if (siblings === undefined) childrenOf.set(parent.id, [task])
    else siblings.push(task)
  }
  const rows: TreeRow[] = []
  const add = (task: TaskView, level: number) => {
    const children = childrenOf.get(task.id) ?? []
    rows.push({ task, level, children: children.length })
    if (!isOpen(task.id)) return
    for (const child of children) add(child, level + 1)
  }
  for (const root of roots) add(root, 1)
  return rows
}

/** Whether `task` is `other` or below it. */
function isBelow(task: TaskView, other: TaskView, known: ReadonlyMap<TaskId, TaskView>): boolean {
  const seen = new Set<TaskId>()
  let current: TaskView | undefined = task
  while (current !== undefined && !seen.has(current.id)) {
    if (current.id === other.id) return true
    seen.add(current.id)
    current = current.parentId === undefined ? undefined : known.get(current.parentId)
  }
  return false
}
