import { z } from 'zod'
import { PartParams } from '../../../shared/model/plan.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import {
  type PartRecord,
  type PlanRecord,
  selectParts,
  selectPlanOfCall,
  selectPlans,
} from '../store/queries/plans.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { finishTool } from '../tools/finish.js'
import type { Tool, ToolOutcome } from '../tools/tool.js'
import { failed, succeeded } from '../tools/tool-outcome.js'
import type { Plans } from './plans.js'

/** What a lead reads of one part's report, and of all together, in UTF-16 units. */
const LONGEST_REPORT = 6_000
const LONGEST_RESULT = 60_000

export interface LeadToolsOptions {
  readonly log: EventLog
  readonly plans: Plans
  readonly lead: TaskRecord
  /** Whether a person looks at a plan before it runs. */
  readonly asks: boolean
}

const RunPlan = z.strictObject({
  goal: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .optional()
    .describe('What all parts together are to reach; default: the task'),
  parts: z
    .array(PartParams)
    .min(1)
    .describe(
      'Each with a key, a title, a description that its worker understands without having seen anything else, ' +
        'the keys of the parts whose results it needs (dependsOn), an agent where a certain one is to do it, and ' +
        'checks: commands that end with exit code 0 when the part is done, or files that must exist',
    ),
})

/** The tools of a lead: it gives out work, waits for all of it, and ends with one report. */
export function leadTools(options: LeadToolsOptions): readonly Tool[] {
  return [runPlan(options), leadFinish(options)]
}

function runPlan({ log, plans, lead, asks }: LeadToolsOptions): Tool<typeof RunPlan> {
  return {
    name: 'run_plan',
    description:
      'Hands the parts of a plan to workers, which do them at the same time where nothing depends on another, and ' +
      'waits until each has ended. Answers with what came of every part. May be called again for what failed.',
    input: RunPlan,
    // What it does is known by the name of the call.
    readOnly: true,
    summarize: ({ parts }) =>
      `Run a plan of ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}`,
    run: async ({ goal = lead.description, parts }, { callId }) => {
      const before = log.transaction((tx) => goOn(tx, callId))
      if (before !== null) return before
      const assigned = await plans.assign(parts, lead.workspace)
      return log.transaction((tx) => {
        plans.propose(tx, { lead, callId, goal, parts: assigned, asks })
        return goOn(tx, callId) ?? failed('internal', 'the plan cannot be read back')
      })
    },
  }
}

/** Where the plan of a call stands; null before it is made. */
function goOn(tx: Transaction, callId: string): ToolOutcome | null {
  const plan = selectPlanOfCall(tx.db, callId, tx.at)
  if (plan === undefined) return null
  const parts = selectParts(tx.db, plan.id, tx.at)
  switch (plan.state) {
    case 'proposed':
      return waiting('approval', `Waits for approval of its plan of ${parts.length} parts.`)
    case 'rejected': {
      const why = plan.remark ? `: ${plan.remark}` : ', without a reason'
      return failed('cancelled', `the person rejected the plan${why}`)
    }
    case 'running': {
      const open = parts.filter(({ state }) => state === 'pending' || state === 'running').length
      return waiting('children', `Waits for ${open} of ${parts.length} parts of its plan.`)
    }
    case 'settled':
      return succeeded(resultOf(tx, plan, parts))
  }
}

function waiting(reason: 'approval' | 'children', detail: string): ToolOutcome {
  return { content: '', isError: false, wait: { reason, detail, untilMs: null } }
}

function resultOf(tx: Transaction, plan: PlanRecord, parts: readonly PartRecord[]): string {
  const done = parts.filter(({ state }) => state === 'completed').length
  const head =
    done === parts.length
      ? `All ${parts.length} parts are done.`
      : `${done} of ${parts.length} parts are done. The others are not; run them again in another plan if that can help, or finish with success false.`
  const each = Math.min(LONGEST_REPORT, Math.floor(LONGEST_RESULT / parts.length))
  const texts = parts.map((part) => {
    const task = part.taskId === null ? undefined : selectTask(tx.db, part.taskId, tx.at)
    const output = task?.result?.output
    const report = typeof output === 'string' ? output : JSON.stringify(output ?? '')
    const error = task?.error == null ? '' : `\n${task.error.code}: ${task.error.message}`
    const files = task?.result?.artifacts?.files ?? []
    const changed = files.length === 0 ? '' : `\nChanged: ${files.slice(0, 50).join(', ')}`
    const { key, title, agent, taskId, state } = part
    return `<part key="${key}" state="${state ?? 'not begun'}" task="${taskId ?? ''}" agent="${agent}">\n${title}${error}${changed}\n\n${cut(report, each)}\n</part>`
  })
  return [`Round ${plan.round}. ${head}`, ...texts].join('\n\n')
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}\n[… ${text.length - longest} characters more in the result of its task]`
}

/** A lead cannot call done what is not: every part has to be done, in its own round or a later one. */
function leadFinish({ log, lead }: LeadToolsOptions): Tool<typeof finishTool.input> {
  return {
    ...finishTool,
    run: async (input, context) => {
      const missing = input.success ? log.transaction((tx) => notDone(tx, lead)) : []
      if (missing.length > 0) {
        return failed(
          'invalid_state',
          `not done: ${missing.slice(0, 10).join(', ')}. Run these parts again under the same keys, or finish with success false and say what is missing`,
        )
      }
      return finishTool.run(input, context)
    },
  }
}

function notDone(tx: Transaction, lead: TaskRecord): string[] {
  const states = new Map<string, PartRecord['state']>()
  for (const plan of selectPlans(tx.db, lead.id, tx.at)) {
    if (plan.state === 'rejected') continue
    for (const { key, state } of selectParts(tx.db, plan.id, tx.at)) states.set(key, state)
  }
  return [...states].filter(([, state]) => state !== 'completed').map(([key]) => key)
}
