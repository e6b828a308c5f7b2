import { z } from 'zod'
import { block, duration, oneLine, tailOf } from '../report/markdown.js'
import type { ListedTask, ShownResult } from './task-list.js'
import { nameOf } from './task-text.js'

const CommandOutput = z.looseObject({
  exitCode: z.number().nullable().optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  output: z.string().optional(),
})

/** Tasks whose output is what a command printed. */
const COMMAND_TYPES: ReadonlySet<string> = new Set(['command', 'build', 'e2e_test'])

/** The result of a task for the chat: how it ended, why it failed if it did, and what it gave. */
export function resultText(
  task: Pick<ListedTask, 'id' | 'type' | 'description' | 'state'>,
  result: ShownResult,
): string {
  const seconds = result.metrics?.duration
  const took = seconds === undefined ? '' : ` after ${duration(seconds)}`
  const how = result.success ? 'completed' : task.state === 'cancelled' ? 'was cancelled' : 'failed'
  const { error } = result
  const why = error === undefined ? '' : ` ${oneLine(`${error.code}: ${error.message}`, 400)}`
  const head = `${nameOf(task)} ${how}${took}.${why}`
  const body =
    outputText(result.output) || (COMMAND_TYPES.has(task.type) ? 'It printed nothing.' : '')
  return body === '' ? head : `${head}\n\n${body}`
}

/** A report of an agent is Markdown and stays as it is; what a command printed goes into a block. */
function outputText(output: unknown): string {
  if (output === null || output === undefined || output === '') return ''
  if (typeof output !== 'string') return commandText(output)
  const parsed = output.startsWith('{') ? jsonOf(output) : undefined
  if (typeof parsed === 'object' && parsed !== null) return commandText(parsed)
  return isMarkdown(output) ? output.trim() : block(tailOf(output))
}

function commandText(output: unknown): string {
  const known = CommandOutput.safeParse(output)
  const text = known.success
    ? [known.data.stdout, known.data.stderr, known.data.output].filter(Boolean).join('\n')
    : ''
  if (!known.success || (text === '' && known.data.exitCode === undefined)) {
    return block(tailOf(JSON.stringify(output, null, 2)), 'json')
  }
  const { exitCode } = known.data
  const code = exitCode === undefined || exitCode === null ? '' : `Exit code ${exitCode}.`
  return [code, text.trim() === '' ? 'It printed nothing.' : block(tailOf(text))]
    .filter((part) => part !== '')
    .join('\n\n')
}

function isMarkdown(text: string): boolean {
  return /^\s*(?:#{1,6} \S|\*\*|- |> )/.test(text) || /\n#{1,6} \S/.test(text)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Text that only begins like JSON: shown as text.
    return undefined
  }
}
