import { resolve } from 'node:path'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { truncate } from '../terminal-text.js'

const LONGEST_DESCRIPTION = 120

/** The agents that Markdown files describe, and what is wrong with the files. */
export async function listDefinitions(
  { host, terminal, json, environment }: CommandContext,
  folder: string | undefined,
): Promise<number> {
  const workspace = resolve(environment.cwd, folder ?? '.')
  const answer = await host.call('agent.definitions', { workspace })
  if (json) {
    terminal.json(answer)
    return EXIT.ok
  }
  for (const { name, description, source, path } of answer.definitions) {
    const where = source === 'builtin' ? 'built in' : path
    terminal.line(`${terminal.foreignLine(name)} (${terminal.foreignLine(where)})`)
    terminal.line(`  ${truncate(terminal.foreignLine(description), LONGEST_DESCRIPTION)}`)
  }
  for (const { path, line, message, severity } of answer.problems) {
    terminal.note(`${severity}: ${terminal.foreignLine(`${path}:${line}: ${message}`)}`)
  }
  return EXIT.ok
}
