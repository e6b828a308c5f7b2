import type { z } from 'zod'
import type { TaskId } from '../../../shared/model/ids.js'
import { TaskResult } from '../../../shared/model/task.js'
import type { ReadDb } from '../store/database.js'
import { selectEarlierResults } from '../store/queries/dependencies.js'
import { json } from '../store/rows.js'
import type { EarlierResult } from './executor.js'

/** What a dependent is told of an output, in UTF-16 units; the whole is in the task's result. */
const LONGEST_OUTPUT = 20_000

const Stored = json(TaskResult).nullable().catch(null)

/** What came out of the tasks that a task depended on; one that cannot be read counts as failed. */
export function earlierResults(db: ReadDb, taskId: TaskId): EarlierResult[] {
  return selectEarlierResults(db, taskId).map(({ id, description, result }) => {
    const parsed: z.output<typeof Stored> = Stored.parse(result)
    const output =
      typeof parsed?.output === 'string' ? parsed.output : JSON.stringify(parsed?.output ?? '')
    return {
      id,
      description,
      success: parsed?.success ?? false,
      output: output.slice(0, LONGEST_OUTPUT),
    }
  })
}
