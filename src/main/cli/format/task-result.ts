import type { TaskResult } from '../../../shared/model/task.js'
import type { Terminal } from '../terminal.js'

/** Codes of results that belong to a cancelled task; every other error makes a failed one. */
const CANCELLING = new Set<string>(['cancelled', 'dependency_failed'])

/** The first line of a result: how the task ended. */
export function resultHeading(result: TaskResult): string {
  if (result.success) return 'Task completed ✅'
  return CANCELLING.has(result.error?.code ?? '') ? 'Task cancelled 🚫' : 'Task failed ❌'
}

/** Heading, error and output of a result; the text ends in a line feed. */
export function resultText(result: TaskResult, terminal: Terminal): string {
  const style = result.success ? 'green' : 'red'
  const parts = [terminal.style(style, resultHeading(result))]
  if (result.error) {
    parts.push(`Error: ${result.error.code}: ${terminal.foreignLine(result.error.message)}`)
  }
  const output = terminal.foreign(outputText(result.output))
  if (output.trim() !== '') parts.push(output.replace(/\n+$/, ''))
  return `${parts.join('\n')}\n`
}

/** A result's text: a report or the output of a command as it is, anything else as JSON. */
function outputText(output: unknown): string {
  if (output === null || output === undefined) return ''
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2)
}
