import { type ClientTransport, RpcClient } from '../../../shared/rpc/client.js'
import {
  type EventName,
  type EventParamsOf,
  isDurableEventName,
  type MethodName,
  type ParamsOf,
  type ResultOf,
} from '../../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import type { Clock, Logger, Timer } from '../../core/ports.js'
import type { HostAccess } from '../host-access.js'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5000

export type HeardEvent = {
  [E in EventName]: { readonly name: E; readonly params: EventParamsOf<E> }
}[EventName]

export interface HostClientOptions {
  readonly access: HostAccess
  readonly clock: Clock
  readonly logger: Logger
  readonly topics: readonly EventName[]
  /** Reads what is shown, whenever a connection stands. Events of what happens meanwhile come afterwards. */
  readonly load: () => Promise<void>
  /** Each durable event once, in order, also across connections as far as the host still has them. */
  readonly heard: (event: HeardEvent) => void
  readonly away: () => void
}

/**
 * The desktop's own connection to the host, beside those of windows: in this process or in the one that owns the
 * data directory, which it does not need to know.
 *
 *   connecting → following → (lost) → connecting …   until `stop`
 */
export class HostClient {
  readonly #options: HostClientOptions
  #client: RpcClient | null = null
  #lastSeq: number | null = null
  #retry: Timer | null = null
  #retryMs = FIRST_RETRY_MS
  #isStopped = false

  constructor(options: HostClientOptions) {
    this.#options = options
  }

  start(): void {
    this.#connect().catch((error: unknown) => this.#lost(messageOf(error)))
  }

  /** @throws AppError with the host's code; `cancelled` while there is no connection */
  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    if (this.#client === null) {
      return Promise.reject(new AppError('cancelled', 'not connected to the host'))
    }
    return this.#client.call(method, params)
  }

  stop(): void {
    this.#isStopped = true
    this.#retry?.cancel()
    this.#client?.close()
    this.#client = null
  }

  async #connect(): Promise<void> {
    const { access } = this.#options
    const client = new RpcClient(transportOver(access))
    this.#client = client
    client.onClose((reason) => {
      if (this.#client === client) this.#lost(reason)
    })
    client.onEvent((name, params) => this.#hear({ name, params } as HeardEvent))
    try {
      await this.#follow(client)
    } catch (error) {
      // Where the connection was lost meanwhile, its end has told it.
      if (this.#client === client) throw error
    }
  }

  async #follow(client: RpcClient): Promise<void> {
    const { topics, load } = this.#options
    const { seq } = await client.call('system.health', {})
    await load()
    const since = this.#lastSeq === null ? seq : Math.min(this.#lastSeq, seq)
    const subscribed = await this.#subscribe(client, [...topics], since, seq)
    if (this.#client !== client) return
    this.#lastSeq = Math.max(subscribed, this.#lastSeq ?? 0)
    this.#retryMs = FIRST_RETRY_MS
  }

  async #subscribe(client: RpcClient, topics: string[], since: number, now: number) {
    try {
      return (await client.call('events.subscribe', { topics, sinceSeq: since })).seq
    } catch (error) {
      // What happened long ago is no longer news.
      if (!(error instanceof AppError) || error.code !== 'conflict' || since === now) throw error
      return (await client.call('events.subscribe', { topics, sinceSeq: now })).seq
    }
  }

  #hear(event: HeardEvent): void {
    if (isDurableEventName(event.name)) {
      const { seq } = event.params as { readonly seq: number }
      if (this.#lastSeq !== null && seq <= this.#lastSeq) return
      this.#lastSeq = seq
    }
    this.#options.heard(event)
  }

  #lost(reason: string): void {
    if (this.#isStopped) return
    const { clock, logger, away } = this.#options
    logger.debug({ reason }, 'the desktop has no connection to the host')
    const client = this.#client
    this.#client = null
    client?.close()
    away()
    this.#retry?.cancel()
    this.#retry = clock.schedule(this.#retryMs, () => this.start())
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS)
  }
}

function transportOver(access: HostAccess): ClientTransport {
  const textListeners: Array<(text: string) => void> = []
  const closeListeners: Array<(reason: string) => void> = []
  const link = access.open({
    send: (text) => {
      for (const listener of textListeners) listener(text)
    },
    closed: (reason) => {
      for (const listener of closeListeners) listener(reason)
    },
  })
  return {
    send: (text) => link.receive(text),
    close: () => link.close(),
    onText: (listener) => textListeners.push(listener),
    onClose: (listener) => closeListeners.push(listener),
  }
}
