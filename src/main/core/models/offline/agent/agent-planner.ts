import { isDeepStrictEqual } from 'node:util'
import type { PlanStep } from '../../../../../shared/model/task.js'
import type { ModelMessage } from '../../model-client.js'
import { type Replayed, replay } from '../replay.js'
import { oneLine } from '../report/markdown.js'
import type { PlannedCall, PlannedTurn } from '../routine.js'
import { type AnsweredCall, answeredCalls, saidIn } from '../transcript.js'
import { planLeadTurn } from './lead-turn.js'
import { isBrief, readBrief } from './task-brief.js'
import { type Finish, taskRoutine } from './task-routine.js'

/** Errors of `finish` after which a shorter report, and then none at all, is given. */
const MOST_FINISH_ERRORS = 3
/** Messages may go on coming while the report is handed in; for ever would be a defect. */
const MOST_LATE_MESSAGES = 50
const SHORT_REPORT = 8_000

/** What the loop itself says; nobody wrote it, so the report does not answer it. */
const LOOP_REMARK = /^(?:You ended your turn without calling finish|Your last answer was cut at)/

/** The next turn of an agent, from its transcript alone. */
export function planAgentTurn(
  all: readonly ModelMessage[],
  offered: ReadonlySet<string>,
): PlannedTurn {
  const messages = fromLastBrief(all)
  const heard = saidIn(messages).filter(
    (said) => said.by === 'user' && !LOOP_REMARK.test(said.text),
  )
  const brief = readBrief(heard[0]?.text ?? '')
  const lead = offered.has('run_plan') ? planLeadTurn(brief, messages) : null
  if (lead !== null) return lead
  const remarks = heard.slice(1).map((said) => said.text)
  const answered = answeredCalls(messages)
  const state = replay(taskRoutine(brief, remarks), answered, offered)
  const turn = turnOf(state, answered, offered)
  const fresh = freshRemark(messages)
  return fresh === null ? turn : { ...turn, text: `Noted: “${oneLine(fresh)}” ${turn.text}`.trim() }
}

/** What an agent remembers of its earlier tasks stands before the task at hand. */
function fromLastBrief(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const at = saidIn(messages).findLast((said) => said.by === 'user' && isBrief(said.text))?.at
  return at === undefined ? messages : messages.slice(at)
}

function turnOf(
  state: Replayed<Finish>,
  answered: readonly AnsweredCall[],
  offered: ReadonlySet<string>,
): PlannedTurn {
  if (state.kind === 'move') {
    const { say, steps = [] } = state.move
    return { text: say, calls: [...planCall(steps, answered, offered), ...state.open] }
  }
  const { success, report, headline, steps } = state.value
  // A report that was taken ends the run, so every answered one was not.
  const finishes = answered.filter((call) => call.name === 'finish')
  const late = finishes.filter((call) => call.outcome.content.startsWith('invalid_state:')).length
  const refused = finishes.length - late
  if (refused >= MOST_FINISH_ERRORS || late >= MOST_LATE_MESSAGES) {
    return { text: `The report could not be handed in. ${headline}`, calls: [] }
  }
  const text =
    refused === 0
      ? report
      : `${report.slice(0, SHORT_REPORT)}\n\n[cut: the report was refused at full length]`
  return {
    text: success ? 'I hand in the report.' : 'I hand in the report; not everything was reached.',
    calls: [
      ...planCall(steps, answered, offered),
      { name: 'finish', input: { success, report: text } },
    ],
  }
}

/** `update_plan`, when the plan is another than the one that was told last. */
function planCall(
  steps: readonly PlanStep[],
  answered: readonly AnsweredCall[],
  offered: ReadonlySet<string>,
): PlannedCall[] {
  const last = answered.findLast((call) => call.name === 'update_plan')
  const told = last?.input
  if (steps.length === 0 || !offered.has('update_plan')) return []
  return isDeepStrictEqual(told, { steps }) ? [] : [{ name: 'update_plan', input: { steps } }]
}

/** A message of a person that came since the last turn. */
function freshRemark(messages: readonly ModelMessage[]): string | null {
  const lastTurn = messages.findLastIndex((message) => message.role === 'assistant')
  if (lastTurn === -1) return null
  const fresh = saidIn(messages).filter(
    (said) => said.at > lastTurn && said.by === 'user' && !LOOP_REMARK.test(said.text),
  )
  return fresh.at(-1)?.text ?? null
}
