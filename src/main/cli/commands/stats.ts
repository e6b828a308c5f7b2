import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { statsLines } from '../format/queue-stats.js'

export async function stats(
  { host, terminal, json }: CommandContext,
  days: number | undefined,
): Promise<number> {
  const figures = await host.call('queue.stats', days === undefined ? {} : { days })
  if (json) terminal.json(figures)
  else for (const line of statsLines(figures, terminal)) terminal.line(line)
  return EXIT.ok
}
