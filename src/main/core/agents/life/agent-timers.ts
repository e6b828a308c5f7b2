import type { EventLog, Transaction } from '../../events/event-log.js'
import { changeMail } from '../../mail/change-mail.js'
import type { Clock, Logger, MachineGauge, Timer } from '../../ports.js'
import { CronRule } from '../../schedules/cron.js'
import { selectDueClocks, setNextStrike } from '../../store/queries/agent-clocks.js'
import {
  selectAgentByOrdinal,
  selectDueSleepers,
  selectNextAgentTimer,
} from '../../store/queries/agents.js'
import { selectExpired } from '../../store/queries/mails.js'
import type { AgentEngine } from './agent-engine.js'
import type { ClockRecord } from './agent-record.js'
import type { EventBus } from './event-bus.js'

export interface AgentTimersOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly gauge: MachineGauge
  readonly engine: AgentEngine
  readonly events: EventBus
}

/** A timer that is so late stood still while the machine slept. */
const OVERDUE_MS = 2_000
const RETRY_MS = 1_000
const UNREADABLE_MS = 60_000

/**
 * Ends sleeps, strikes clocks and lets mail expire. The instants stand in the store: what fell into a time in which
 * nobody ran happens once when the program starts, and what a sleeping machine has missed when it wakes.
 *
 * States: created → started → stopped.
 */
export class AgentTimers {
  readonly #options: AgentTimersOptions
  #phase: 'created' | 'started' | 'stopped' = 'created'
  #timer: Timer | null = null
  #dueAtMs = Number.POSITIVE_INFINITY
  #planned = false
  #leave: () => void = () => undefined

  constructor(options: AgentTimersOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#phase !== 'created') return
    this.#phase = 'started'
    const { clock, gauge } = this.#options
    this.#leave = gauge.onReading(() => {
      if (clock.now() > this.#dueAtMs + OVERDUE_MS) this.#fire()
    })
    this.#fire()
  }

  stop(): void {
    this.#phase = 'stopped'
    this.#leave()
    this.#timer?.cancel()
  }

  /** Something may be due earlier or later than before; looked at once for many changes. */
  changed(): void {
    if (this.#planned || this.#phase !== 'started') return
    this.#planned = true
    this.#options.clock.schedule(0, () => {
      this.#planned = false
      if (this.#phase === 'started') this.#arm()
    })
  }

  /**
   * @param lookedAtMs nothing was due at this instant: what was due all the same cannot be read, and must not be met
   * again at once
   */
  #arm(lookedAtMs = Number.NEGATIVE_INFINITY): void {
    const { log, clock } = this.#options
    this.#timer?.cancel()
    const at = log.query(selectNextAgentTimer)
    this.#dueAtMs = at ?? Number.POSITIVE_INFINITY
    if (at === null) return
    const leastMs = at <= lookedAtMs ? UNREADABLE_MS : 0
    this.#timer = clock.schedule(Math.max(leastMs, at - clock.now()), () => this.#fire())
  }

  #fire(): void {
    if (this.#phase !== 'started') return
    try {
      const { isMore, at } = this.#options.log.transaction((tx) => ({
        isMore: this.#due(tx),
        at: tx.at,
      }))
      if (isMore) this.#options.clock.schedule(0, () => this.#fire())
      else this.#arm(at)
    } catch (error) {
      // A locked or full disk: the instants stand in the store, so nothing is missed.
      this.#options.logger.error({ error }, 'timers of agents could not be stored; trying again')
      this.#timer?.cancel()
      this.#timer = this.#options.clock.schedule(RETRY_MS, () => this.#fire())
    }
  }

  /** @returns whether there may be more that is due */
  #due(tx: Transaction): boolean {
    const { engine } = this.#options
    const sleepers = selectDueSleepers(tx.db, tx.at)
    for (const agent of sleepers) {
      const woken = engine.move(tx, agent, { kind: 'wake' }, { reason: 'its time has come' })
      engine.settle(tx, woken)
    }
    const clocks = selectDueClocks(tx.db, tx.at)
    for (const clock of clocks) this.#strike(tx, clock)
    const expired = selectExpired(tx.db, tx.at)
    for (const mail of expired) {
      changeMail(tx, { ...mail, state: 'expired', waitingTask: null })
      if (mail.waitingTask !== null) engine.answered(tx, mail.waitingTask)
    }
    return sleepers.length + clocks.length + expired.length > 0
  }

  /** Instants that passed unseen count as one, and so does one that still waits in the queue. */
  #strike(tx: Transaction, clock: ClockRecord): void {
    const { id, agent: ordinal, event, nextMs } = clock
    setNextStrike(tx.db, id, this.#nextOf(clock, tx.at))
    const agent = selectAgentByOrdinal(tx.db, ordinal, tx.at)
    if (agent === undefined || !agent.started) return
    if (this.#options.engine.hasEventQueued(tx, agent, event)) return
    const sleeps = agent.sleep !== null || agent.nextSleep !== null
    this.#options.events.hand(tx, agent, event, { at: nextMs }, sleeps)
  }

  /** Null for a rule that a later version, or another machine, cannot read any more: the others go on. */
  #nextOf({ id, cron, timezone }: ClockRecord, nowMs: number): number | null {
    try {
      return new CronRule(cron, timezone).nextAfter(nowMs)
    } catch (error) {
      this.#options.logger.warn({ error, clock: id }, 'the clock of an agent cannot be read')
      return null
    }
  }
}
