import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { statsLines } from '../format/queue-stats.js'
import { overviewLines } from '../format/stats-overview.js'
import { given } from '../given.js'

export async function stats(
  { host, terminal, json }: CommandContext,
  days: number | undefined,
): Promise<number> {
  const figures = await host.call('queue.stats', days === undefined ? {} : { days })
  if (json) terminal.json(figures)
  else for (const line of statsLines(figures, terminal)) terminal.line(line)
  return EXIT.ok
}

export async function statsOverview(
  { host, terminal, json }: CommandContext,
  span: { readonly days?: number; readonly timezone?: string },
): Promise<number> {
  const overview = await host.call('stats.overview', given(span))
  if (json) terminal.json(overview)
  else for (const line of overviewLines(overview, terminal)) terminal.line(line)
  return EXIT.ok
}
