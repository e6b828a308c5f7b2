import { LONGEST_QUESTION } from '../../../shared/model/blocker.js'

/** What a person can answer when checks cannot be met; any other text is advice to the agent. */
export const TRY_AGAIN = 'Try again'
export const ACCEPT = 'Accept as it is'
export const GIVE_UP = 'Give up'
export const ANSWERS: readonly string[] = [TRY_AGAIN, ACCEPT, GIVE_UP]

const TOLD_EARLIER = 300

/** What an agent is told to mend. Pure. */
export function correctionOrder(correction: {
  readonly attempt: number
  readonly limit: number
  readonly failure: string
  /** Failures of earlier corrections, oldest first. */
  readonly earlier: readonly string[]
  /** What the person said about it. */
  readonly advice: { readonly question: string; readonly answer: string } | null
}): string {
  const { attempt, limit, failure, earlier, advice } = correction
  const lines = [
    `You said that you are done, but it was checked, and this is not so. Correction ${attempt} of ${limit}:`,
    '',
    failure,
    '',
  ]
  if (earlier.length > 0) {
    lines.push('What was wrong before, and is not told again in full:')
    for (const text of earlier) lines.push(`- ${ends(text)}`)
    lines.push('')
  }
  if (advice !== null) {
    lines.push(`The person was asked: ${firstLine(advice.question)}`)
    lines.push(`The person answered: ${advice.answer}`, '')
  }
  lines.push('Find the cause, mend it, and call finish again. The same checks will be made.')
  return lines.join('\n')
}

/** What the person is asked when tries of the agent do not help. Pure. */
export function questionFor(failure: string, why: string, title: string): string {
  const head = `The checks of “${firstLine(title)}” do not pass: ${why}. Shall it try again (you can say how), be accepted as it is, or be given up?\n\n`
  const room = LONGEST_QUESTION - head.length
  if (failure.length <= room) return head + failure
  // Which check it is, and the end of what it printed.
  const [first = ''] = failure.split('\n')
  const begin = `${first.slice(0, TOLD_EARLIER)}\n…`
  return head + begin + failure.slice(begin.length - room)
}

/** Its first line and its last, where the cause mostly stands. */
function ends(text: string): string {
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const first = firstLine(text)
  return text.trim().includes('\n') ? `${first} … ${last.slice(0, TOLD_EARLIER)}` : first
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length <= TOLD_EARLIER ? line : `${line.slice(0, TOLD_EARLIER)}…`
}
