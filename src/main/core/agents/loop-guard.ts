import { isReminder } from './reminders.js'
import type { Step } from './transcript.js'

/** The same failing call so often in a row will not succeed the next time either. */
const SAME_ERRORS = 5
const CUT_TURNS = 3
/** To ask so often for what has not changed is no progress either, though nothing fails. */
const SAME_CALLS = 10

/** Why a run gets nowhere; null while it may. Pure, so that a restart finds the same. */
export function stuckReason(all: readonly Step[]): string | null {
  // Another attempt may have its tries again, and so may work that was sent back.
  const start = all.findLastIndex(({ kind }) => kind === 'resume' || kind === 'end')
  const steps = all.slice(start + 1)
  const turns = steps.filter((step) => step.kind === 'turn')
  const latest = turns.slice(-CUT_TURNS)
  if (latest.length === CUT_TURNS && latest.every((turn) => turn.stopReason === 'max_tokens')) {
    return `the model's answer was cut at its length limit ${CUT_TURNS} times in a row: ask for less at once`
  }
  // Whoever spoke to the agent meant to help it out: what came before does not count any more.
  const told = steps.findLastIndex((step) => step.kind === 'user' && !isReminder(step.text))
  const since = steps.slice(told + 1)
  return sameErrors(since) ?? sameCalls(since)
}

function sameErrors(steps: readonly Step[]): string | null {
  // What a stop or a crash has interrupted has not failed by itself.
  const results = steps
    .filter((step) => step.kind === 'result')
    .filter(({ content }) => !content.startsWith('interrupted:'))
    .slice(-SAME_ERRORS)
  const [first] = results
  const repeats = results.every((result) => result.isError && result.content === first?.content)
  if (first === undefined || results.length < SAME_ERRORS || !repeats) return null
  const error = first.content.length > 300 ? `${first.content.slice(0, 300)}…` : first.content
  return `the same call failed ${SAME_ERRORS} times in a row: ${error}`
}

function sameCalls(steps: readonly Step[]): string | null {
  const results = steps.filter((step) => step.kind === 'result').slice(-SAME_CALLS)
  if (results.length < SAME_CALLS) return null
  const calls = new Map(
    steps.flatMap((step) =>
      step.kind === 'turn'
        ? step.content.flatMap((block) =>
            block.type === 'tool_use' ? [[block.id, block] as const] : [],
          )
        : [],
    ),
  )
  const exchanges = results.map(({ toolUseId, content }) => {
    const { name, input } = calls.get(toolUseId) ?? {}
    return JSON.stringify([name, input, content])
  })
  if (new Set(exchanges).size > 1) return null
  const name = calls.get(results[0]?.toolUseId ?? '')?.name ?? 'a tool'
  return `${name} was called ${SAME_CALLS} times in a row with the same input, and answered the same: the agent goes in a circle`
}
