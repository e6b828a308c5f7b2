import { z } from 'zod'
import type { Check, ReviewCheck } from '../../../shared/model/check.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskResult } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Tool } from '../tools/tool.js'
import type { Finding } from './failure.js'
import { nameOf } from './make-check.js'

/** Enough to pass; below `REJECTED` the work is not what was asked for (SEEDS C6). */
const PASSED = 70
const REJECTED = 50
export const MOST_REVIEWS = 2
/** What a reviewer is given of a report, in UTF-16 units. */
const LONGEST_REPORT = 20_000

const Verdict = z.strictObject({
  score: z
    .number()
    .int()
    .min(0)
    .max(100)
    .describe(
      `70 and above: good as it is. 50 to 69: changes are needed. Below 50: not what was asked for`,
    ),
  comments: z
    .array(z.string().trim().min(1).max(5_000))
    .max(100)
    .describe('What has to change, each with file and line; empty where nothing has to'),
})

/** Kept with the task of a reviewer. */
const OfReviewer = z.object({ reviewOf: z.string() })

/** The tool that a reviewer ends with. */
export function reviewTools({ input }: Pick<TaskRecord, 'input'>): readonly Tool[] {
  return OfReviewer.safeParse(input).success ? [submitReview] : []
}

const submitReview: Tool<typeof Verdict> = {
  name: 'submit_review',
  description: 'Ends the review with a score from 0 to 100 and what has to change.',
  input: Verdict,
  readOnly: true,
  summarize: ({ score }) => `Score: ${score} of 100`,
  run: async ({ score, comments }) => {
    const report = [`Score: ${score}/100`, '', ...comments.map((comment) => `- ${comment}`)]
    const finish = { success: true, report: report.join('\n').trim() }
    return { content: 'Finished.', isError: false, finish }
  },
}

/** What the reviewer of a task is given to do. */
export function reviewParams(
  task: TaskRecord,
  check: z.output<typeof ReviewCheck>,
  round: { readonly workspace: string; readonly report: string; readonly key: string },
): TaskSubmitParams {
  const { workspace, report, key } = round
  return {
    type: 'analysis',
    agentType: check.agentType ?? 'reviewer',
    description: [
      'Review what another agent has done in this folder, and score it.',
      `It was asked: ${task.description}`,
      ...(check.focus === undefined ? [] : [`Look above all at: ${check.focus}`]),
      `It reports:\n${report.slice(0, LONGEST_REPORT)}`,
      'Look at the files and the changes themselves; believe no report. Change nothing. End with submit_review.',
    ].join('\n\n'),
    input: { reviewOf: task.id },
    parentId: task.id,
    priority: task.priority,
    isolation: 'in_place',
    workspace,
    idempotencyKey: key,
  }
}

/** Names the task of a review, so that a round has one, whatever crashes. */
export function reviewKey(id: TaskId, round: number, position: number): string {
  return `review:${id}:${round}:${position}`
}

/** What a reviewer that has ended found. Pure. */
export function verdictOf(
  check: Extract<Check, { kind: 'review' }>,
  id: TaskId,
  result: TaskResult,
): Omit<Finding, 'position'> {
  const output = typeof result.output === 'string' ? result.output : ''
  const found = {
    ...{ kind: 'review' as const, name: nameOf(check), output },
    durationMs: Math.round(result.metrics.duration * 1000),
  }
  const score = /^Score: (\d{1,3})\/100\b/.exec(output)?.[1]
  if (!result.success || score === undefined) {
    const why = result.error?.message ?? 'it gave no score'
    return { ...found, passed: false, detail: `The reviewer (${id}) came to no verdict: ${why}.` }
  }
  const points = Number(score)
  const passed = points >= PASSED
  return { ...found, passed, score: points, detail: `${points} of 100 points: ${meaning(points)}.` }
}

function meaning(points: number): string {
  if (points >= PASSED) return 'it passes'
  return points < REJECTED ? 'it is rejected' : 'changes are needed'
}
