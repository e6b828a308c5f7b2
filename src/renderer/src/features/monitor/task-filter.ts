import type { TaskView } from '../../../../shared/model/task.js'
import { inOrder, type Sort } from '../../../../shared/model/task-order.js'
import type { ParamsOf } from '../../../../shared/rpc/contract.js'
import type { TaskFilter } from '../../stores/monitor.js'

export function isFiltering(filter: TaskFilter): boolean {
  const { text, ...lists } = filter
  return text.trim() !== '' || Object.values(lists).some((list) => list.length > 0)
}

/** All but the text, which the host looks for too. */
export function fits(task: TaskView, filter: TaskFilter): boolean {
  const has = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value)
  return (
    has(filter.states, task.state) &&
    has(filter.types, task.type) &&
    has(filter.agents, task.agentType) &&
    has(filter.workspaces, task.workspace)
  )
}

type Asked = Pick<ParamsOf<'task.list'>, 'state' | 'type' | 'agentType' | 'workspace'>

/** The same as the host is asked for it. */
export function askedOf({ states, types, agents, workspaces }: TaskFilter): Asked {
  return {
    ...(states.length > 0 && { state: [...states] }),
    ...(types.length > 0 && { type: [...types] }),
    ...(agents.length > 0 && { agentType: [...agents] }),
    ...(workspaces.length > 0 && { workspace: [...workspaces] }),
  }
}

/** A new list in that order. */
export function sorted(tasks: readonly TaskView[], sort: Sort, now: number): readonly TaskView[] {
  return tasks.toSorted((a, b) => inOrder(a, b, sort, now))
}
