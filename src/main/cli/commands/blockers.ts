import { type Blocker, LONGEST_ANSWER } from '../../../shared/model/blocker.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatAgo } from '../format/duration.js'
import { asBlockerId, asTaskId } from '../id-arguments.js'
import { textOrInput } from '../long-text.js'
import { upTo } from '../pages.js'

const LONGEST_LINE = 200
const MOST = 1000

export async function listBlockers(
  { host, terminal, json, environment }: CommandContext,
  { all, task }: { readonly all?: boolean; readonly task?: string },
): Promise<number> {
  const wanted = {
    ...(all === true ? {} : { state: 'open' as const }),
    ...(task === undefined ? {} : { taskId: asTaskId(task) }),
  }
  const { items: blockers, nextCursor } = await upTo(MOST, async (page) => {
    const answer = await host.call('blocker.list', { ...wanted, ...page })
    return { items: answer.blockers, nextCursor: answer.nextCursor }
  })
  if (json) terminal.json({ blockers, nextCursor })
  else if (blockers.length === 0) {
    terminal.line(all === true ? 'There are no questions.' : 'Nobody waits for an answer.')
  } else {
    const plain = (text: string) => truncate(terminal.foreignLine(text), LONGEST_LINE)
    for (const { id, taskId, kind, state, question, answer, createdAt } of blockers) {
      const when = formatAgo(createdAt, environment.now())
      const how = state === 'open' && kind === 'sync' ? 'its task waits' : state
      terminal.line(`${id}  ${taskId}  ${when}, ${how}`)
      terminal.line(`  ${plain(question)}`)
      if (answer !== undefined) terminal.line(`  → ${plain(answer)}`)
    }
    const [first] = blockers
    if (first?.state === 'open')
      terminal.note(`Answer: smart-agents blockers answer ${first.id} "…"`)
  }
  return EXIT.ok
}

export async function showBlocker(
  { host, terminal, json }: CommandContext,
  text: string,
): Promise<number> {
  const { blocker } = await host.call('blocker.get', { blockerId: asBlockerId(text) })
  if (json) terminal.json({ blocker })
  else for (const line of linesOf(blocker)) terminal.line(terminal.foreign(line))
  return EXIT.ok
}

function linesOf({ id, taskId, kind, state, question, options, answer }: Blocker): string[] {
  const lines = [`${id}, of task ${taskId}: ${state}`, '', question]
  if (options.length > 0) lines.push('', ...options.map((option) => `  - ${option}`))
  if (answer !== undefined) lines.push('', `Answer: ${answer}`)
  if (state === 'open' && kind === 'sync') lines.push('', 'The task waits for the answer.')
  return lines
}

export async function answerBlocker(
  context: CommandContext,
  text: string,
  given: string,
): Promise<number> {
  const { host, terminal, json } = context
  const blockerId = asBlockerId(text)
  const answer = await textOrInput(context, given, LONGEST_ANSWER)
  const { blocker } = await host.call('blocker.answer', { blockerId, answer })
  if (json) terminal.json({ blocker })
  else terminal.line(`Answered: ${blocker.id}. ${goesOn(blocker)}`)
  return EXIT.ok
}

function goesOn({ kind, taskId }: Blocker): string {
  return kind === 'sync' ? `Task ${taskId} goes on.` : `Task ${taskId} is told.`
}
