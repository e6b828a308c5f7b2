import type { HistoryEntry } from '../../../shared/model/history.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { formatDuration } from './duration.js'
import { STATE_WORDS } from './task-status.js'

/** One line of what it was, and one of where it was found. */
export function entryLines(entry: HistoryEntry, terminal: Terminal): string[] {
  const at = new Date(entry.createdAt).toLocaleString('sv-SE')
  const isTask = entry.kind === 'task'
  const what = isTask
    ? `${entry.taskId}  ${STATE_WORDS[entry.state]}: ${terminal.foreignLine(entry.description)}`
    : `${entry.conversationId}  ${entry.role}: ${terminal.foreignLine(entry.text)}`
  const room = terminal.isInteractive ? terminal.width - 1 : Number.POSITIVE_INFINITY
  const first = truncate(`${at}  ${what}`, room)
  if (entry.found === null || entry.found.in === 'description') return [first]
  const { text, cutBefore, cutAfter } = entry.found.snippet
  const snippet = `${cutBefore ? '…' : ''}${terminal.foreignLine(text)}${cutAfter ? '…' : ''}`
  return [first, terminal.style('dim', truncate(`    ${entry.found.in}: ${snippet}`, room))]
}

export function comparisonLines(
  { runs, output }: ResultOf<'history.compare'>,
  terminal: Terminal,
): string[] {
  const facts = runs.map(({ task, durationMs }) => {
    const unknown = task.startedAt === undefined ? 'not run' : 'not over'
    const took = durationMs === null ? unknown : formatDuration(durationMs / 1000)
    const description = terminal.foreignLine(task.description)
    return `${task.id}  ${STATE_WORDS[task.state]}, ${took}, ${task.usage?.tokens ?? 0} tokens: ${description}`
  })
  const { added, removed, cut, approximate } = output
  const head =
    added + removed === 0 ? 'Both put out the same.' : `${added} added, ${removed} removed:`
  const lines = output.lines
    .filter(({ sign }) => sign !== ' ')
    .map(({ sign, text }) =>
      terminal.style(sign === '+' ? 'green' : 'red', `${sign} ${terminal.foreignLine(text)}`),
    )
  const notes = [
    ...(cut ? ['Only the beginning of the longer output was compared.'] : []),
    ...(approximate ? ['They differ so much that the lines are only listed.'] : []),
  ]
  return [...facts, '', head, ...lines, ...notes]
}
