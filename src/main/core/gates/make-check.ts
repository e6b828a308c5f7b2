import { constants } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { z } from 'zod'
import {
  type Check,
  type CommandCheck,
  DEFAULT_CHECK_MS,
  type FileCheck,
} from '../../../shared/model/check.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { withLimits } from '../executors/spawn-limits.js'
import type { ProcessEnd } from '../ports.js'
import type { ExecutionContext } from '../scheduler/executor.js'
import { openFile, resolveInWorkspace } from '../tools/workspace-path.js'
import type { Finding } from './failure.js'

/** More output than this ends a check: it is out of hand. */
const MAX_OUTPUT_BYTES = 50 * 1024 * 1024
/** What is looked at of an output, in UTF-16 units: its end. */
const SEEN_OUTPUT = 32 * 1024
/** A file of which more would have to be read is not searched. */
const MAX_FILE_BYTES = 20 * 1024 * 1024

export function nameOf(check: Check): string {
  if (check.name !== undefined) return check.name
  if (check.kind === 'command') return check.command
  return check.kind === 'file' ? `file ${check.path}` : 'review'
}

/** Makes a check that needs nobody else, where the task works. */
export function makeCheck(
  check: Exclude<Check, { kind: 'review' }>,
  context: ExecutionContext,
): Promise<Omit<Finding, 'position' | 'durationMs'>> {
  return check.kind === 'command' ? runCommand(check, context) : lookAtFile(check, context)
}

type Found = Awaited<ReturnType<typeof makeCheck>>

async function runCommand(
  check: z.output<typeof CommandCheck>,
  context: ExecutionContext,
): Promise<Found> {
  const { command: line, timeoutMs = DEFAULT_CHECK_MS } = check
  let kept = ''
  const request = {
    command: { kind: 'shell', line } as const,
    cwd: context.workspace,
    timeoutMs,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    onOutput: (text: string) => {
      context.output(text)
      kept = (kept + text).slice(-2 * SEEN_OUTPUT)
    },
  }
  const end = await context.spawn(withLimits(request, context.task.limits))
  return {
    ...{ kind: 'command', name: nameOf(check), exitCode: end.exitCode },
    passed: end.endedBy === 'itself' && end.exitCode === 0,
    detail: detailOf(end, timeoutMs),
    output: stripVTControlCharacters(kept).slice(-SEEN_OUTPUT),
  }
}

function detailOf(end: ProcessEnd, timeoutMs: number): string {
  switch (end.endedBy) {
    case 'itself':
      return end.exitCode === null
        ? `It was ended by ${end.signal ?? 'a signal'}.`
        : `It ended with exit code ${end.exitCode}.`
    case 'timeout':
      return `It did not end within ${timeoutMs / 1000} s and was ended with all that it had started.`
    case 'output_limit':
      return `It was ended after ${MAX_OUTPUT_BYTES} bytes of output.`
    case 'memory_limit':
    case 'process_limit':
      return 'It was ended because it took more than its task may.'
    case 'abort':
      return 'It was stopped with its task.'
    case 'spawn_failure':
      return `It could not be started: ${end.failure ?? 'no reason given'}.`
  }
}

async function lookAtFile(
  check: z.output<typeof FileCheck>,
  { workspace }: ExecutionContext,
): Promise<Found> {
  const found = { kind: 'file', name: nameOf(check), output: '' } as const
  try {
    const place = await resolveInWorkspace(workspace, check.path)
    if (!place.exists) return { ...found, passed: false, detail: 'There is no such file.' }
    const file = await openFile(place, constants.O_RDONLY)
    try {
      if (check.contains === undefined) return { ...found, passed: true, detail: 'It is there.' }
      const { size } = await file.stat()
      if (size > MAX_FILE_BYTES) {
        return {
          ...found,
          passed: false,
          detail: `It has ${size} bytes: too large to be searched.`,
        }
      }
      const passed = (await file.readFile('utf8')).includes(check.contains)
      const what = JSON.stringify(check.contains.slice(0, 200))
      return { ...found, passed, detail: `It ${passed ? 'contains' : 'does not contain'} ${what}.` }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...found, passed: false, detail: `${error.code}: ${error.message}` }
  }
}
