import { type CallOptions, type ClientTransport, RpcClient } from '../../shared/rpc/client.js'
import {
  events,
  isDurableEventName,
  type MethodName,
  type ParamsOf,
  type ResultOf,
} from '../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../shared/rpc/errors.js'
import { EventBatch, type Schedule } from './event-batch.js'
import type { ConnectionPhase } from './stores/connection.js'
import type { HostEvent } from './stores/host-event.js'
import { currentText } from './text/text.js'
import { RefusedError } from './transports.js'

/** All that a host tells of; `system`, which tells every second, has to be asked for by name. */
const TOPICS = [...new Set(Object.keys(events).map((name) => name.slice(0, name.indexOf('.'))))]

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5000

export interface ConnectionHooks {
  open(signal: AbortSignal): Promise<ClientTransport>
  /** Events in order, each durable one once. */
  apply(events: readonly HostEvent[]): void
  /** Reads everything anew; returns the `seq` from which events have to follow. */
  load(): Promise<number>
  /** Reads again what only lives in events that are lost with a connection. */
  refresh(): Promise<void>
  phase(phase: ConnectionPhase): void
  /** When gathered events are handed over. */
  readonly schedule: Schedule
}

/**
 * Keeps one window in step with its host.
 *
 * connecting → ready → reconnecting → ready …; `refused` ends it until `retryNow`. Each time a
 * connection stands, events are asked for from the last `seq` that was applied, so nothing is
 * missed or applied twice; where the host no longer has them (`conflict`) or knows fewer than we
 * do (another data directory), everything is loaded anew.
 */
export class HostConnection {
  readonly #hooks: ConnectionHooks
  readonly #batch: EventBatch
  readonly #stopped = new AbortController()
  #client: RpcClient | null = null
  #lastSeq: number | null = null
  #wake: (() => void) | null = null

  constructor(hooks: ConnectionHooks) {
    this.#hooks = hooks
    this.#batch = new EventBatch((events) => hooks.apply(events), hooks.schedule)
  }

  /** @throws AppError; `cancelled` while there is no connection. */
  async call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
    options: CallOptions = {},
  ): Promise<ResultOf<M>> {
    if (this.#client === null) throw new AppError('cancelled', currentText().ui.notConnected)
    try {
      return await this.#client.call(method, params, options)
    } finally {
      this.#batch.flush()
    }
  }

  /** Runs until `stop`. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#stopped
    let retryMs = FIRST_RETRY_MS
    this.#hooks.phase({ name: 'connecting' })
    while (!signal.aborted) {
      const failure = await this.#connectOnce(() => {
        retryMs = FIRST_RETRY_MS
      })
      if (signal.aborted) return
      if (failure instanceof RefusedError) {
        this.#hooks.phase({ name: 'refused', reason: failure.message })
        await this.#pause(null)
        this.#hooks.phase({ name: 'connecting' })
        continue
      }
      const reason = messageOf(failure)
      this.#hooks.phase({ name: 'reconnecting', reason })
      await this.#pause(retryMs)
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    }
  }

  retryNow(): void {
    this.#wake?.()
  }

  stop(): void {
    this.#stopped.abort()
    this.#wake?.()
    this.#client?.close()
    this.#batch.clear()
  }

  /** Answers with why the connection ended or never stood. */
  async #connectOnce(standing: () => void): Promise<unknown> {
    try {
      const transport = await this.#hooks.open(this.#stopped.signal)
      const client = new RpcClient(transport)
      const lost = new Promise<string>((resolve) => client.onClose(resolve))
      client.onEvent((name, params) => this.#heard({ name, params } as HostEvent))
      this.#client = client
      await this.#synchronise()
      standing()
      this.#hooks.phase({ name: 'ready' })
      return new Error(await lost)
    } catch (error) {
      return error
    } finally {
      this.#batch.flush()
      this.#client?.close()
      this.#client = null
    }
  }

  async #synchronise(): Promise<void> {
    if (this.#lastSeq !== null && (await this.#resumed(this.#lastSeq))) {
      await this.#hooks.refresh()
      return
    }
    this.#lastSeq = null
    this.#batch.clear()
    this.#lastSeq = await this.#hooks.load()
    await this.call('events.subscribe', { topics: TOPICS, sinceSeq: this.#lastSeq })
    await this.#hooks.refresh()
  }

  async #resumed(sinceSeq: number): Promise<boolean> {
    try {
      const { seq } = await this.call('events.subscribe', { topics: TOPICS, sinceSeq })
      return seq >= sinceSeq
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return false
      throw error
    }
  }

  #heard(event: HostEvent): void {
    if (isDurableEventName(event.name)) {
      const { seq } = event.params as { readonly seq: number }
      // Before the first load has answered nothing was asked for, so nothing can be missed.
      if (this.#lastSeq === null || seq <= this.#lastSeq) return
      this.#lastSeq = seq
    }
    this.#batch.push(event)
  }

  /** Waits; `null` waits for `retryNow` alone. */
  #pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? null : setTimeout(done, ms)
      this.#wake = done
      function done() {
        if (timer !== null) clearTimeout(timer)
        resolve()
      }
    })
  }
}
