import { z } from 'zod'
import { TaskId } from '../model/ids.js'
import { method } from './define.js'

/** What models have used up; `costUsd` is of the tokens whose price is known. */
export const Spent = z.object({
  tokens: z.number(),
  costUsd: z.number(),
  /** Of models whose price is not known: counted in tokens only. */
  unpricedTokens: z.number(),
  turns: z.number(),
})
export type Spent = z.infer<typeof Spent>

const Tasks = Spent.extend({ tasks: z.number() })

export const costMethods = {
  /** Of tasks that were submitted in the last `days` days (UTC), today included; default 7. */
  'cost.summary': method(
    z.strictObject({ days: z.number().int().min(1).max(366).optional() }),
    z.object({
      total: Tasks,
      byDay: z.array(Tasks.extend({ day: z.string() })),
      byAgent: z.array(Tasks.extend({ agent: z.string() })),
    }),
  ),
  /** Of a task, of everything below it, and of both. */
  'cost.tree': method(
    z.strictObject({ taskId: TaskId }),
    z.object({ own: Spent, below: Tasks, total: Tasks }),
  ),
}
