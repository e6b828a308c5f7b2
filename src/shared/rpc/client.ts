import {
  type EventName,
  type EventParamsOf,
  isEventName,
  type MethodName,
  type ParamsOf,
  type ResultOf,
} from './contract.js'
import { AppError, messageOf } from './errors.js'
import { appErrorFrom, RpcFromHost } from './messages.js'

/** A way to carry JSON text to a host and back: a socket, Electron IPC, a pair in memory. */
export interface ClientTransport {
  send(text: string): void
  close(): void
  onText(listener: (text: string) => void): void
  /** Called once; nothing arrives afterwards. */
  onClose(listener: (reason: string) => void): void
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

type AnyEventListener = <E extends EventName>(name: E, params: EventParamsOf<E>) => void

interface PendingCall {
  readonly resolve: (result: never) => void
  readonly reject: (error: AppError) => void
}

/**
 * Speaks the contract over a transport. Requests run concurrently. When the transport closes, every
 * open call is rejected with `cancelled`, since nobody knows whether the host carried it out.
 */
export class RpcClient {
  readonly #transport: ClientTransport
  readonly #calls = new Map<number, PendingCall>()
  readonly #listeners = new Set<AnyEventListener>()
  readonly #closeListeners = new Set<(reason: string) => void>()
  #nextId = 1
  #closedBecause: string | null = null

  constructor(transport: ClientTransport) {
    this.#transport = transport
    transport.onText((text) => this.#receive(text))
    transport.onClose((reason) => this.#closed(reason))
  }

  /** @throws AppError with the host's code; `cancelled` when the connection is lost or aborted. */
  call<M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
    options: CallOptions = {},
  ): Promise<ResultOf<M>> {
    if (this.#closedBecause !== null) {
      return Promise.reject(new AppError('cancelled', `not connected: ${this.#closedBecause}`))
    }
    const id = this.#nextId++
    return new Promise<ResultOf<M>>((resolve, reject) => {
      const { signal } = options
      const abort = () => {
        this.#calls.delete(id)
        reject(new AppError('cancelled', `${method} was given up by the caller`))
      }
      if (signal?.aborted) {
        abort()
        return
      }
      const settle = () => signal?.removeEventListener('abort', abort)
      signal?.addEventListener('abort', abort, { once: true })
      this.#calls.set(id, {
        resolve: (result) => {
          settle()
          resolve(result)
        },
        reject: (error) => {
          settle()
          reject(error)
        },
      })
      try {
        this.#transport.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
      } catch (error) {
        this.#calls.delete(id)
        settle()
        reject(new AppError('cancelled', `${method} could not be sent: ${messageOf(error)}`))
      }
    })
  }

  /** Hears every event that the host sends on this connection. Returns how to stop listening. */
  onEvent(listener: AnyEventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Hears one kind of event. */
  on<E extends EventName>(name: E, listener: (params: EventParamsOf<E>) => void): () => void {
    return this.onEvent((heard, params) => {
      if ((heard as EventName) === name) listener(params as unknown as EventParamsOf<E>)
    })
  }

  onClose(listener: (reason: string) => void): () => void {
    this.#closeListeners.add(listener)
    return () => this.#closeListeners.delete(listener)
  }

  close(): void {
    this.#transport.close()
    this.#closed('closed by this side')
  }

  #receive(text: string): void {
    // A transport may still hold what was on its way.
    if (this.#closedBecause !== null) return
    const parsed = RpcFromHost.safeParse(parseJson(text))
    if (!parsed.success) return
    const message = parsed.data
    if ('method' in message) {
      if (isEventName(message.method)) this.#emit(message.method, message.params)
      return
    }
    if (typeof message.id !== 'number') return
    const call = this.#calls.get(message.id)
    if (call === undefined) return
    this.#calls.delete(message.id)
    if (message.error) call.reject(appErrorFrom(message.error))
    else call.resolve(message.result as never)
  }

  #emit(name: EventName, params: unknown): void {
    tellAll(this.#listeners, (listener) => listener(name, params as EventParamsOf<EventName>))
  }

  #closed(reason: string): void {
    if (this.#closedBecause !== null) return
    this.#closedBecause = reason
    const error = new AppError('cancelled', `connection to the host lost: ${reason}`)
    for (const call of this.#calls.values()) call.reject(error)
    this.#calls.clear()
    tellAll(this.#closeListeners, (listener) => listener(reason))
  }
}

/** One that throws keeps the news from no other; its error comes out in the end. */
function tellAll<L>(listeners: Iterable<L>, tell: (listener: L) => void): void {
  const errors: unknown[] = []
  for (const listener of listeners) {
    try {
      tell(listener)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not one of our hosts: treated like any message that the contract does not know.
    return undefined
  }
}
