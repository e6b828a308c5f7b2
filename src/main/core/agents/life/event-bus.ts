import { AppError } from '../../../../shared/rpc/errors.js'
import type { Transaction } from '../../events/event-log.js'
import { selectAgents } from '../../store/queries/agents.js'
import type { AgentEngine } from './agent-engine.js'
import type { AgentRecord } from './agent-record.js'

/** Of the data of one event, as JSON. */
const LONGEST_DATA = 16 * 1024

/** Who was reached by an event: names of agents. */
export interface Heard {
  readonly woken: string[]
  /** To whom it was handed as a task. */
  readonly delivered: string[]
  /** Who wanted it and could not take it: stopped, or with a full queue. */
  readonly missed: string[]
}

/** Events of a session (SEEDS A9): they wake who waits for them, and reach who has subscribed to them. */
export class EventBus {
  readonly #engine: AgentEngine

  constructor(engine: AgentEngine) {
    this.#engine = engine
  }

  /** @throws AppError `limit_exceeded` for data that is too large */
  broadcast(tx: Transaction, sessionId: string, event: string, data: unknown): Heard {
    const size = data === undefined ? 0 : JSON.stringify(data).length
    if (size > LONGEST_DATA) {
      throw new AppError(
        'limit_exceeded',
        `data: ${size} characters; an event carries ${LONGEST_DATA} at most, so put the rest into a file`,
      )
    }
    const woken: string[] = []
    const delivered: string[] = []
    const missed: string[] = []
    for (const agent of selectAgents(tx.db, sessionId, tx.at)) {
      const isWaitedFor = waits(agent, event)
      if (!isWaitedFor && !agent.subscriptions.includes(event)) continue
      const isGiven = this.hand(tx, agent, event, data, isWaitedFor)
      if (isGiven) delivered.push(agent.agentId)
      else missed.push(agent.agentId)
      if (agent.state === 'sleeping' && isWaitedFor) woken.push(agent.agentId)
    }
    const told = data === undefined ? {} : { data }
    tx.emit('async.event', { sessionId, event, ...told, woken, delivered, missed })
    return { woken, delivered, missed }
  }

  /** Wakes an agent, if it is to, and gives it the event as one task. */
  hand(tx: Transaction, agent: AgentRecord, event: string, data: unknown, wakes: boolean): boolean {
    const awake = wakes
      ? this.#engine.move(tx, agent, { kind: 'wake' }, { reason: `event ${event}` })
      : agent
    const isGiven = this.#engine.giveEvent(tx, awake, event, data)
    if (!isGiven) this.#engine.settle(tx, awake)
    return isGiven
  }
}

/** Asleep, on its way to sleep, or to sleep on when it is resumed. */
function waits({ sleep, nextSleep }: AgentRecord, event: string): boolean {
  return (sleep ?? nextSleep)?.events.includes(event) ?? false
}
