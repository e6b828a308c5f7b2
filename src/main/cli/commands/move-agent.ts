import type { AgentState } from '../../../shared/model/agent.js'
import type { MailPriority } from '../../../shared/model/mail.js'
import { agentRef, type NamedAgent, sessionFlag } from '../agent-name.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { sleepText, wakersText } from '../format/agent-state.js'
import { formatDuration } from '../format/duration.js'
import { given } from '../given.js'

type Move = 'start' | 'stop' | 'pause' | 'resume' | 'delete'

/** Asks for a change of an agent's state and tells which state that led to. */
export async function moveAgent(
  { host, terminal, json }: CommandContext,
  move: Move,
  named: NamedAgent,
): Promise<number> {
  const answer = await host.call(`async.${move}Agent`, agentRef(named))
  if (json) terminal.json(answer)
  else if ('state' in answer) terminal.line(movedText(move, answer.agentId, answer.state))
  else terminal.line(`Agent deleted: ${answer.agentId}`)
  return EXIT.ok
}

function movedText(move: Move, name: string, state: AgentState): string {
  switch (move) {
    case 'pause':
      return state === 'paused'
        ? `Agent paused: ${name}`
        : `Agent pausing: ${name}, at the end of the step that runs`
    case 'stop':
      return `Agent stopped: ${name}`
    case 'start':
      return `Agent started: ${name} (${state})`
    default:
      return `Agent resumed: ${name} (${state})`
  }
}

export interface SleepOptions {
  /** Seconds. */
  readonly for?: number
  readonly untilEvent?: readonly string[]
  readonly untilMail?: MailPriority
}

export async function sleepAgent(
  { host, terminal, json, environment }: CommandContext,
  named: NamedAgent,
  options: SleepOptions,
): Promise<number> {
  const { for: seconds, untilEvent: events = [], untilMail: mail = null } = options
  const ref = agentRef(named)
  const { agentId, state } = await host.call('async.sleepAgent', {
    ...ref,
    ...given({
      durationSeconds: seconds,
      wakeEvents: events.length === 0 ? undefined : [...events],
      wakeOnMail: options.untilMail,
    }),
  })
  if (json) {
    terminal.json({ agentId, state })
    return EXIT.ok
  }
  if (state === 'sleeping') {
    const nowMs = environment.now()
    const untilMs = seconds === undefined ? null : nowMs + seconds * 1000
    const until = terminal.foreignLine(sleepText({ untilMs, events, mail }, nowMs))
    terminal.line(`Agent sleeps: ${agentId} until ${until}`)
  } else {
    const span = seconds === undefined ? [] : [`${formatDuration(seconds)} have passed`]
    const until = terminal.foreignLine(wakersText([...span, ...events], mail))
    terminal.line(`Agent will sleep: ${agentId}, after the task in hand until ${until}`)
  }
  if (seconds === undefined && events.length === 0 && mail === null) {
    terminal.note(`Wake it: smart-agents agents wake ${agentId}${sessionFlag(ref.sessionId)}`)
  }
  return EXIT.ok
}

export async function wakeAgent(
  { host, terminal, json }: CommandContext,
  named: NamedAgent,
  reason: string | undefined,
): Promise<number> {
  const answer = await host.call('async.wakeAgent', { ...agentRef(named), ...given({ reason }) })
  if (json) terminal.json(answer)
  else terminal.line(`Agent woken: ${answer.agentId} (${answer.state})`)
  return EXIT.ok
}
