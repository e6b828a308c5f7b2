import type { TaskType } from '../../../../shared/model/task.js'

/** How a result is shown: prose, the output of a command, or data. */
export type ResultContent =
  | { readonly kind: 'none' }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'command'; readonly exitCode: number | null; readonly text: string }
  | { readonly kind: 'data'; readonly text: string }

/** True for tasks that are one command, with nobody to write a report or to be talked to. */
export function runsCommand(type: TaskType): boolean {
  return type === 'command' || type === 'build' || type === 'e2e_test'
}

const REPORT_KEYS = ['report', 'summary', 'markdown', 'text']

/** Finds what is worth reading in the output of a task, whatever kind of task it was. */
export function contentOf(output: unknown, type: TaskType): ResultContent {
  if (output === null || output === undefined || output === '') return { kind: 'none' }
  if (typeof output === 'string') {
    return runsCommand(type)
      ? { kind: 'command', exitCode: null, text: output }
      : { kind: 'markdown', text: output }
  }
  if (typeof output !== 'object') return { kind: 'data', text: String(output) }
  const fields = new Map(Object.entries(output))
  const code = fields.get('exitCode')
  if (typeof code === 'number' || fields.has('stdout') || fields.has('stderr')) {
    const streams = ['output', 'stdout', 'stderr'].map((key) => fields.get(key))
    const text = streams.filter((part) => typeof part === 'string' && part !== '').join('\n')
    return { kind: 'command', exitCode: typeof code === 'number' ? code : null, text }
  }
  const report = REPORT_KEYS.map((key) => fields.get(key)).find((part) => typeof part === 'string')
  if (typeof report === 'string') return { kind: 'markdown', text: report }
  return { kind: 'data', text: JSON.stringify(output, null, 2) }
}
