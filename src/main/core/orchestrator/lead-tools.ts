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
import { type Plans, runOf } from './plans.js'

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
      // A part whose row was damaged ends without telling anybody.
      if (open === 0) return succeeded(resultOf(tx, plan, parts))
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
  const stopped = stoppedByPerson(tx, parts)
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
    const { key, title, agent, taskId } = part
    const state = stopped.has(key) ? 'stopped by the person: do not repeat it' : part.state
    return `<part key="${key}" state="${state ?? 'not begun'}" task="${taskId ?? ''}" agent="${agent}">\n${fenced(`${title}${error}${changed}\n\n${cut(report, each)}`)}\n</part>`
  })
  return [`Round ${plan.round}. ${head}`, ...texts].join('\n\n')
}

/** What workers write must not look like the result of another part. */
function fenced(text: string): string {
  return text.replaceAll(/<(\/?)part\b/gi, '‹$1part')
}

/** Parts that a person has cancelled, and those that did not begin because of them. */
function stoppedByPerson(tx: Transaction, parts: readonly PartRecord[]): Set<string> {
  const stopped = new Set<string>()
  // A part stands after those that it depends on.
  for (const { key, state, taskId, dependsOn } of parts) {
    if (state !== 'cancelled' || taskId === null) continue
    const code = selectTask(tx.db, taskId, tx.at)?.error?.code
    const failed = dependsOn.filter(
      (name) => parts.find((part) => part.key === name)?.state !== 'completed',
    )
    const isOwn = code === 'cancelled'
    if (isOwn || (failed.length > 0 && failed.every((name) => stopped.has(name)))) stopped.add(key)
  }
  return stopped
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
      const missing = input.success
        ? log.transaction((tx) => notDone(tx, lead, runOf(context.callId)))
        : []
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

function notDone(tx: Transaction, lead: TaskRecord, run: string): string[] {
  const isDone = new Map<string, boolean>()
  for (const plan of selectPlans(tx.db, lead.id, tx.at)) {
    if (plan.state === 'rejected' || plan.run !== run) continue
    const parts = selectParts(tx.db, plan.id, tx.at)
    const stopped = stoppedByPerson(tx, parts)
    for (const { key, state } of parts) isDone.set(key, state === 'completed' || stopped.has(key))
  }
  return [...isDone].filter(([, done]) => !done).map(([key]) => key)
}
