import type { Stall } from '../../../shared/model/task.js'
import type { EventName, EventParamsOf } from '../../../shared/rpc/contract.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatTimeOfDay } from '../format/duration.js'
import { waitingText } from '../format/task-status.js'
import type { Terminal } from '../terminal.js'

/** The box of background tasks on a terminal, lines for everything else; until Ctrl+C. */
export async function watch(context: CommandContext): Promise<number> {
  if (context.json || !context.terminal.hasScreen) return watchLines(context)
  const { watchLive } = await import('../watch/watch-live.js')
  return watchLive(context)
}

/** Prints what happens to tasks and the queue. Goes on with the next host. */
async function watchLines(context: CommandContext): Promise<number> {
  const { host, terminal, json, environment } = context
  const interrupt = interruptSignal(environment)
  let seq: number | undefined
  try {
    while (!interrupt.signal.aborted) {
      const client = await host.client()
      const ended = new Promise<void>((resolve) => {
        client.onClose(() => resolve())
        interrupt.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      client.onEvent((name, event) => {
        if ('seq' in event) seq = event.seq
        if (json) terminal.json({ event: name, ...event })
        else {
          const text = eventText(name, event, terminal)
          if (text !== null) terminal.line(`${formatTimeOfDay(event.at)} ${text}`)
        }
      })
      const since = seq === undefined ? {} : { sinceSeq: seq }
      const answer = await client.call('events.subscribe', { topics: ['task', 'queue'], ...since })
      seq ??= answer.seq
      await ended
    }
  } finally {
    interrupt.stop()
  }
  return EXIT.ok
}

type AnyEvent = EventParamsOf<EventName>

/** Null for what a person does not need to see. */
function eventText(name: EventName, event: AnyEvent, terminal: Terminal): string | null {
  const line = (text: string) => terminal.foreignLine(text)
  if (name === 'queue.changed') return queueText(event as EventParamsOf<'queue.changed'>)
  if (!('taskId' in event)) return null
  const about = `${event.taskId} ${name.replace(/^task\./, '')}`
  if ('task' in event) return `${about}: ${line(event.task.description)}`
  if ('progress' in event) return `${about}: ${Math.round(event.progress)}% ${line(event.step)}`
  if ('stalled' in event) return `${about}: ${stallText(event.stalled, terminal)}`
  if ('priority' in event) return `${about}: priority ${event.priority}`
  if ('waitingFor' in event) return `${about}: ${waitingText(event.waitingFor, terminal)}`
  if ('error' in event && event.error !== undefined) {
    return `${about}: ${event.error.code}: ${line(event.error.message)}`
  }
  // Output has its own command, `logs --follow`.
  return name === 'task.output' ? null : about
}

function queueText(state: EventParamsOf<'queue.changed'>): string {
  const counts = `${state.runningCount} running, ${state.pendingCount} waiting`
  const held = state.heldBackBy.length === 0 ? '' : `, held back by ${state.heldBackBy.join(', ')}`
  const draining = state.draining ? ', draining' : ''
  return `queue: ${counts}${draining}${held}`
}

function stallText(stalled: Stall | null, terminal: Terminal): string {
  return stalled === null ? 'it works again' : terminal.foreignLine(stalled.detail)
}
