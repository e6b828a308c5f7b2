import { AppError } from '../../../../shared/rpc/errors.js'
import type { Transaction } from '../../events/event-log.js'
import { selectAgents } from '../../store/queries/agents.js'
import type { AgentEngine } from './agent-engine.js'
import type { AgentRecord } from './agent-record.js'

/** Of the data of one event, as JSON. */
const LONGEST_DATA = 64 * 1024

/** Events of a session (SEEDS A9): they wake who waits for them, and reach who has subscribed to them. */
export class EventBus {
  readonly #engine: AgentEngine

  constructor(engine: AgentEngine) {
    this.#engine = engine
  }

  /** @throws AppError `limit_exceeded` for data that is too large */
  broadcast(
    tx: Transaction,
    sessionId: string,
    event: string,
    data: unknown,
  ): { woken: string[]; delivered: string[] } {
    const size = data === undefined ? 0 : JSON.stringify(data).length
    if (size > LONGEST_DATA) {
      throw new AppError(
        'limit_exceeded',
        `data: ${size} characters; an event carries ${LONGEST_DATA} at most, so put the rest into a file`,
      )
    }
    const woken: string[] = []
    const delivered: string[] = []
    for (const agent of selectAgents(tx.db, sessionId, tx.at)) {
      const isWaitedFor = waits(agent, event)
      const handed = isWaitedFor || (agent.subscriptions.includes(event) && agent.started)
      if (!handed) continue
      if (this.hand(tx, agent, event, data, isWaitedFor)) delivered.push(agent.agentId)
      if (agent.state === 'sleeping' && isWaitedFor) woken.push(agent.agentId)
    }
    const told = data === undefined ? {} : { data }
    tx.emit('async.event', { sessionId, event, ...told, woken, delivered })
    return { woken, delivered }
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
