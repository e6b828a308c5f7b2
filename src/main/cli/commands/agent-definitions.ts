import { resolve } from 'node:path'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'

const LONGEST_DESCRIPTION = 120
const MOST_OTHERS = 4

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

/** The agent that suits what is to be done, and why. */
export async function suggestAgent(
  { host, terminal, json, environment }: CommandContext,
  description: string,
  folder: string | undefined,
): Promise<number> {
  const workspace = resolve(environment.cwd, folder ?? '.')
  const answer = await host.call('agent.select', { description, workspace })
  if (json) terminal.json(answer)
  else {
    terminal.line(`${terminal.foreignLine(answer.agent)}: ${terminal.foreignLine(answer.reason)}`)
    for (const { agent, reason } of answer.candidates.slice(1, MOST_OTHERS)) {
      terminal.line(`  or ${terminal.foreignLine(`${agent}: ${reason}`)}`)
    }
  }
  return EXIT.ok
}
