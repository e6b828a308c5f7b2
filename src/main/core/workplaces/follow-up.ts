import { z } from 'zod'
import { TaskId } from '../../../shared/model/ids.js'
import { selectWorktree, upsertWorktree } from '../store/queries/worktrees.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { type Ground, saveIn } from './services.js'
import { type WorktreeRecord, withoutEnd } from './worktree-record.js'

/** In the input of a task that works on in the workplace of another one. */
const Order = z.object({
  continuesTask: TaskId,
  /** Whether what is checked out in the repository is to be merged into it. */
  mergesTarget: z.boolean().default(false),
})

export function inputOf(continuesTask: TaskId, mergesTarget: boolean): z.input<typeof Order> {
  return { continuesTask, mergesTarget }
}

export function orderIn(task: Pick<TaskRecord, 'input'>): {
  readonly continues: TaskId | null
  readonly merges: boolean
} {
  const order = Order.safeParse(task.input)
  if (!order.success) return { continues: null, merges: false }
  return { continues: order.data.continuesTask, merges: order.data.mergesTarget }
}

/** Makes the workplace of an earlier task that of this one, which the earlier one then says. */
export function takeOver(
  ground: Ground,
  task: Pick<TaskRecord, 'id' | 'input'>,
): WorktreeRecord | undefined {
  const { continues } = orderIn(task)
  if (continues === null) return undefined
  return ground.log.transaction((transaction) => {
    const { db, at } = transaction
    const earlier = selectWorktree(db, continues, at)
    if (earlier === undefined || earlier.kind === 'in_place' || !mayContinue(earlier))
      return undefined
    const note = withoutEnd(earlier.note)
    const mine = { ...earlier, taskId: task.id, state: 'active' as const, note, createdAtMs: at }
    upsertWorktree(db, mine)
    saveIn(transaction, earlier, { state: 'continued', continuedBy: task.id })
    return saveIn(transaction, mine, {})
  })
}

export function mayContinue({ state }: WorktreeRecord): boolean {
  return state === 'ready' || state === 'conflicted' || state === 'kept'
}
