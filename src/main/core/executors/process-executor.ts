import type { PlanStep, TaskError } from '../../../shared/model/task.js'
import type { TaskLimits } from '../../../shared/model/task-limits.js'
import type { ProcessEnd } from '../ports.js'
import type {
  EarlierResult,
  ExecutionContext,
  ExecutionOutcome,
  TaskExecutor,
} from '../scheduler/executor.js'
import { findBuildCommand, findE2eCommand } from '../workspace/project-commands.js'
import { megabytes, withLimits } from './spawn-limits.js'

/** More output than this ends a command: it is out of hand. */
const MAX_OUTPUT_BYTES = 50 * 1024 * 1024
/** What a result keeps of the output, in UTF-16 units; the whole stands in the task's log. */
const KEPT_OUTPUT = 256 * 1024

/** What a message says of its command, in UTF-16 units. */
const LONGEST_LINE = 200

/** Runs a task that is one command line: types command, build and e2e_test. */
export class ProcessExecutor implements TaskExecutor {
  async execute(context: ExecutionContext): Promise<ExecutionOutcome> {
    const { task, workspace } = context
    const line = task.command ?? (await findCommand(task.type, workspace))
    if (line === null) {
      const message =
        `found no ${task.type === 'build' ? 'build' : 'end-to-end test'} command in ${workspace}: ` +
        'give one with the task'
      const error: TaskError = { code: 'not_found', message }
      return { kind: 'failed', error, output: '', retryable: false }
    }
    const plan = (state: PlanStep['state']) =>
      context.setPlan([{ title: line.slice(0, 300), state }])
    plan('active')
    const limits = { maxOutputBytes: MAX_OUTPUT_BYTES, ...outputLimit(task.limits) }
    const end = await context.spawn({
      command: { kind: 'shell', line },
      cwd: workspace,
      env: earlierEnvironment(context.earlier()),
      ...withLimits(limits, task.limits),
      onOutput: (text) => context.output(text),
    })
    const error = errorOf(end, line, task.limits)
    plan(error === null ? 'done' : 'failed')
    const output = endOf(context.outputTail(KEPT_OUTPUT))
    if (error === null) return { kind: 'completed', output }
    const retryable = end.endedBy !== 'spawn_failure' && !end.endedBy.endsWith('_limit')
    return { kind: 'failed', error, output, retryable }
  }
}

/** Says so where the beginning is missing, and begins with a whole line. */
function endOf(tail: string): string {
  if (tail.length < KEPT_OUTPUT) return tail
  const line = tail.indexOf('\n')
  return `[the beginning is left out here; the task's log has it all]\n${tail.slice(line + 1)}`
}

/** In bytes: one variable of the environment may hold 128 KiB on Linux. */
const LONGEST_VARIABLE = 120_000

/**
 * How a command hears of the tasks that its own depended on: JSON, `[{id, description, success, output}]`,
 * descriptions and outputs cut as far as it takes. Exported for its test.
 */
export function earlierEnvironment(earlier: readonly EarlierResult[]): Record<string, string> {
  if (earlier.length === 0) return {}
  for (let length = LONGEST_VARIABLE; ; length = Math.floor(length / 2)) {
    // As JSON a text never gets shorter: what is too long already need not be written.
    if (length > 0 && charactersOf(earlier, length) > LONGEST_VARIABLE) continue
    const text = JSON.stringify(
      earlier.map((result) => ({
        ...result,
        description: result.description.slice(0, length),
        output: result.output.slice(0, length),
      })),
    )
    // A thousand dependencies, the most that a task may have, fit without any text of their own.
    if (length === 0 || Buffer.byteLength(text) <= LONGEST_VARIABLE) {
      return { SMART_AGENTS_DEPENDENCY_RESULTS: text }
    }
  }
}

function charactersOf(earlier: readonly EarlierResult[], length: number): number {
  return earlier.reduce(
    (sum, { description, output }) =>
      sum + Math.min(description.length, length) + Math.min(output.length, length),
    0,
  )
}

function findCommand(type: string, workspace: string): Promise<string | null> {
  return type === 'build' ? findBuildCommand(workspace) : findE2eCommand(workspace)
}

/** A person's own figure may also be above the usual one. */
function outputLimit(limits: TaskLimits | null): { maxOutputBytes?: number } {
  return limits?.outputBytes === undefined ? {} : { maxOutputBytes: limits.outputBytes }
}

/** The fact comes first: where there is little room the command is what is cut off. */
function errorOf(end: ProcessEnd, line: string, limits: TaskLimits | null): TaskError | null {
  const code = codeOf(end)
  if (code === null) return null
  return { code, message: `${factOf(end, limits)}: ${inOneLine(line)}` }
}

function codeOf({ endedBy, exitCode }: ProcessEnd): TaskError['code'] | null {
  switch (endedBy) {
    case 'output_limit':
    case 'memory_limit':
    case 'process_limit':
      return 'limit_exceeded'
    case 'timeout':
      return 'timeout'
    case 'abort':
      return 'cancelled'
    case 'spawn_failure':
      return 'command_failed'
    case 'itself':
      return exitCode === 0 ? null : 'command_failed'
  }
}

function factOf(end: ProcessEnd, limits: TaskLimits | null): string {
  switch (end.endedBy) {
    case 'spawn_failure':
      return `could not start, ${end.failure ?? 'no reason given'}`
    case 'output_limit':
      return `ended after ${megabytes(limits?.outputBytes ?? MAX_OUTPUT_BYTES)} of output (a higher limits.outputBytes allows more)`
    case 'memory_limit':
      return `ended at more than ${megabytes(limits?.memoryBytes ?? 0)} of memory, with all that it started (a higher limits.memoryBytes allows more)`
    case 'process_limit':
      return `ended at more than ${limits?.processes ?? 0} processes at once (a higher limits.processes allows more)`
    case 'timeout':
      return 'took too long'
    case 'abort':
      return 'stopped'
    case 'itself':
      return end.exitCode === null
        ? `ended by ${end.signal ?? 'a signal'}`
        : `exit code ${end.exitCode}`
  }
}

/** A script of many lines is known by its first; the whole of it stands with the task. */
function inOneLine(command: string): string {
  const [first = '', ...more] = command.trim().split('\n')
  const line = first.slice(0, LONGEST_LINE).toWellFormed().trimEnd()
  return line.length < first.trimEnd().length || more.length > 0 ? `${line} …` : line
}
