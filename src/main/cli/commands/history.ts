import type { ExportFormat, HistoryEntry, HistoryFilter } from '../../../shared/model/history.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { comparisonLines, entryLines } from '../format/history.js'
import { asConversationId, asTaskId } from '../id-arguments.js'
import { upTo } from '../pages.js'

export async function history(
  { host, terminal, json }: CommandContext,
  filter: HistoryFilter,
  limit: number,
): Promise<number> {
  checkIds(filter)
  const { items, nextCursor } = await upTo<HistoryEntry>(limit, async (page) => {
    const found = await host.call('history.search', { ...filter, ...page })
    return { items: found.entries, nextCursor: found.nextCursor }
  })
  if (json) {
    terminal.json({ entries: items, nextCursor })
    return EXIT.ok
  }
  for (const entry of items) for (const line of entryLines(entry, terminal)) terminal.line(line)
  if (items.length === 0) terminal.line('Nothing fits.')
  if (nextCursor !== null) terminal.note('There are more: give a higher --limit.')
  return EXIT.ok
}

/** Goes out piece by piece, as it comes. */
export async function exportHistory(
  { host, json, environment }: CommandContext,
  filter: HistoryFilter,
  format: ExportFormat,
): Promise<number> {
  if (json && format !== 'json') {
    throw usageError(`--json asks for json and --format for ${format}: give one of them`)
  }
  checkIds(filter)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const at = cursor === undefined ? {} : { cursor }
    const wanted = { ...filter, format, limit: 500, ...at }
    const piece = await host.call('history.export', wanted)
    if (!environment.stdout.write(piece.text)) await drained(environment.stdout)
    cursor = piece.nextCursor
  }
  return EXIT.ok
}

export async function rerun(
  { host, terminal, json }: CommandContext,
  text: string,
): Promise<number> {
  const started = await host.call('task.rerun', { taskId: asTaskId(text) })
  if (json) terminal.json(started)
  else terminal.line(`Task started: ${started.taskId}`)
  return EXIT.ok
}

export async function compare(
  { host, terminal, json }: CommandContext,
  first: string,
  second: string,
): Promise<number> {
  const taskIds: [ReturnType<typeof asTaskId>, ReturnType<typeof asTaskId>] = [
    asTaskId(first),
    asTaskId(second),
  ]
  const comparison = await host.call('history.compare', { taskIds })
  if (json) terminal.json(comparison)
  else for (const line of comparisonLines(comparison, terminal)) terminal.line(line)
  return EXIT.ok
}

function checkIds({ conversationId }: HistoryFilter): void {
  if (conversationId !== undefined) asConversationId(conversationId)
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve))
}
