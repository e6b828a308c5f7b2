import type {
  EstimatedRange,
  TaskState,
  TaskStatus,
  WaitingFor,
} from '../../../shared/model/task.js'
import type { Terminal } from '../terminal.js'
import { formatDuration } from './duration.js'

export const STATE_WORDS: Readonly<Record<TaskState, string>> = {
  pending: 'Pending',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const STATE_STYLES = {
  pending: 'dim',
  running: 'cyan',
  completed: 'green',
  failed: 'red',
  cancelled: 'yellow',
} as const satisfies Record<TaskState, string>

/** The state's word, coloured where the terminal shows colours. */
export function stateWord(state: TaskState, terminal: Terminal): string {
  return terminal.style(STATE_STYLES[state], STATE_WORDS[state])
}

/** What holds a task back, with the ids in its way; without the full stop of a sentence. */
export function waitingText(waiting: WaitingFor, terminal: Terminal): string {
  const blockers = waiting.blockedBy ?? []
  const by = blockers.length > 0 ? ` [${blockers.join(', ')}]` : ''
  return terminal.foreignLine(waiting.detail.replace(/\.$/, '') + by)
}

/** `1m 50s to 4m`; null where both ends read the same. */
export function rangeText({ low, high }: EstimatedRange): string | null {
  const [from, to] = [formatDuration(low), formatDuration(high)]
  return from === to ? null : `${from} to ${to}`
}

/** A task's state as `smart-agents status` prints it. */
export function statusLines(status: TaskStatus, terminal: Terminal): string[] {
  const percent = status.state === 'running' ? ` (${Math.round(status.progress)}% complete)` : ''
  const lines = [`Status: ${stateWord(status.state, terminal)}${percent}`]
  if (status.state === 'pending' && status.waitingFor) {
    const text = waitingText(status.waitingFor, terminal)
    lines.push(`Waiting for: ${status.waitingFor.reason} (${text})`)
  }
  if (status.state === 'running') {
    if (status.currentStep) lines.push(`Current step: ${terminal.foreignLine(status.currentStep)}`)
    if (status.estimatedTimeRemaining !== undefined) {
      lines.push(`Est. time remaining: ${formatDuration(status.estimatedTimeRemaining)}`)
    }
    const range = status.estimatedRange && rangeText(status.estimatedRange)
    if (range) lines.push(`Range: ${range}`)
    if (status.stalled) lines.push(`Stalled: ${terminal.foreignLine(status.stalled.detail)}`)
  }
  if (status.error) {
    lines.push(`Error: ${status.error.code}: ${terminal.foreignLine(status.error.message)}`)
  }
  return lines
}
