import { agentRef, asSession, type NamedAgent } from '../agent-name.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { given } from '../given.js'
import { textOrInput } from '../long-text.js'
import { startedLine } from './execute.js'
import { printResult } from './result.js'
import { waitForResult } from './wait-for-result.js'

const MAX_PROMPT = 20_000

/** Gives an agent a task; with `wait` it ends as `result` does. */
export async function sendTask(
  context: CommandContext,
  named: NamedAgent,
  text: string,
  wait: boolean,
): Promise<number> {
  const { host, terminal, json } = context
  const ref = agentRef(named)
  const prompt = await textOrInput(context, text, MAX_PROMPT)
  if (prompt.trim() === '') throw usageError('the prompt is empty: say what is to be done')
  const { taskId } = await host.call('async.sendTask', { ...ref, prompt })
  if (wait) {
    const found = await waitForResult(context, taskId)
    return printResult(context, found, { taskId, ...found })
  }
  if (json) terminal.json({ taskId })
  else {
    terminal.line(startedLine(taskId))
    terminal.note(`Wait for it: smart-agents result ${taskId} --wait`)
  }
  return EXIT.ok
}

export async function broadcast(
  { host, terminal, json }: CommandContext,
  session: string | undefined,
  event: string,
  data: unknown,
): Promise<number> {
  const sessionId = asSession(session)
  const answer = await host.call('async.broadcastEvent', { sessionId, event, ...given({ data }) })
  if (json) terminal.json(answer)
  else terminal.line(`Event ${terminal.foreignLine(event)}: ${heardText(answer)}`)
  return EXIT.ok
}

function heardText({
  woken,
  delivered,
  missed,
}: {
  readonly woken: readonly string[]
  readonly delivered: readonly string[]
  readonly missed: readonly string[]
}): string {
  // Who was woken was handed the event as well.
  const awake = delivered.filter((name) => !woken.includes(name))
  const parts = [
    ...(woken.length === 0 ? [] : [`woke ${woken.join(', ')}`]),
    ...(missed.length === 0
      ? []
      : [`missed by ${missed.join(', ')} (stopped, or its queue is full)`]),
    ...(awake.length === 0 ? [] : [`handed to ${awake.join(', ')}`]),
  ]
  return parts.join('; ') || 'no agent waits for it or has subscribed to it'
}

/** The newest lines of what an agent noted down. */
export async function agentLog(
  { host, terminal, json }: CommandContext,
  named: NamedAgent,
  count: number | undefined,
): Promise<number> {
  const { lines } = await host.call('async.agentLog', {
    ...agentRef(named),
    ...given({ lines: count }),
  })
  if (json) terminal.json({ lines })
  else for (const line of lines) terminal.line(terminal.foreign(line))
  return EXIT.ok
}
