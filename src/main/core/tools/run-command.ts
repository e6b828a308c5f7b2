import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import type { ProcessEnd } from '../ports.js'
import { ArgumentText } from './argument-text.js'
import { HeadAndTail } from './head-and-tail.js'
import type { Tool, ToolContext, ToolOutcome } from './tool.js'
import { failed, succeeded } from './tool-outcome.js'

const DEFAULT_TIMEOUT_SECONDS = 600
const MAX_TIMEOUT_SECONDS = 7_200
const MAX_OUTPUT_BYTES = 50 * 1024 * 1024
/** Of the output, for the model; who watches the task sees all of it. */
const KEPT_BYTES = 24 * 1024

const Input = z.strictObject({
  command: ArgumentText.max(32_000).describe('One line for the shell, run in the workspace'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(MAX_TIMEOUT_SECONDS)
    .optional()
    .describe('Ends the command and everything it started after this time; default 600'),
})

/**
 * Output: `exit code N after S s` (or how else it ended), then what the command printed, standard
 * output and errors in the order of arrival, without colours, with the middle left out where it is
 * longer than 24 KB. A command that ran and failed is a result, not an error of the tool.
 */
export const runCommandTool: Tool<typeof Input> = {
  name: 'run_command',
  description:
    'Runs one line in the shell of the system, in the workspace, and waits for its end. Gives the ' +
    'exit code and the output; of a long one the beginning and the end. Nothing can be typed in.',
  input: Input,
  readOnly: false,
  summarize: (input) => input.command,
  run: runCommand,
}

async function runCommand(
  input: z.output<typeof Input>,
  context: ToolContext,
): Promise<ToolOutcome> {
  const timeoutSeconds = input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS
  const kept = new HeadAndTail(KEPT_BYTES)
  const end = await context.spawn({
    command: { kind: 'shell', line: input.command },
    cwd: context.workspace,
    timeoutMs: timeoutSeconds * 1000,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    onOutput: (text) => {
      kept.add(text)
      context.output(text)
    },
  })
  const output = stripVTControlCharacters(kept.text()).trimEnd()
  const printed = output === '' ? '\n(no output)' : `\n${output}`
  const outcome = outcomeOf(end, timeoutSeconds)
  return { ...outcome, content: outcome.content + printed }
}

function outcomeOf(end: ProcessEnd, timeoutSeconds: number): ToolOutcome {
  const seconds = (end.durationMs / 1000).toFixed(1)
  switch (end.endedBy) {
    case 'timeout':
      return failed(
        'timeout',
        `the command was ended after ${timeoutSeconds} s with everything it had started; give ` +
          'timeoutSeconds for a longer one',
      )
    case 'output_limit':
      return failed(
        'limit_exceeded',
        `the command was ended after ${seconds} s because it printed more than ` +
          `${MAX_OUTPUT_BYTES} bytes; send its output to a file instead`,
      )
    case 'memory_limit':
    case 'process_limit': {
      const what = end.endedBy === 'memory_limit' ? 'memory' : 'processes'
      return failed(
        'limit_exceeded',
        `the command was ended after ${seconds} s because it took more ${what} than its task may`,
      )
    }
    case 'abort':
      return failed('cancelled', `the command was stopped after ${seconds} s`)
    case 'spawn_failure':
      return failed(
        'internal',
        `the shell could not be started: ${end.failure ?? 'no reason given'}`,
      )
    case 'itself':
      return succeeded(
        end.exitCode === null
          ? `ended by signal ${end.signal ?? 'unknown'} after ${seconds} s`
          : `exit code ${end.exitCode} after ${seconds} s`,
      )
  }
}
