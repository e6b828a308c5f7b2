import {
  type DurableEvent,
  isMethodName,
  type LiveEvent,
  type MethodName,
  methods,
  type ParsedParamsOf,
} from '../../shared/rpc/contract.js'
import { AppError, messageOf } from '../../shared/rpc/errors.js'
import { type RpcId, RpcRequest, type RpcResponse } from '../../shared/rpc/messages.js'
import { describeIssues } from './describe-issues.js'
import type {
  DispatcherLimits,
  DispatcherOptions,
  EndKind,
  OpenConnection,
  Peer,
} from './dispatcher.js'
import type { ClientInfo } from './handler.js'
import { nearNames } from './near-names.js'
import { errorResponse, invalidRequest, PARSE_ERROR, resultResponse } from './responses.js'
import { Subscription } from './subscription.js'

interface ConnectionOptions extends DispatcherOptions {
  readonly limits: DispatcherLimits
  readonly peer: Peer
  readonly client: ClientInfo
  readonly onClose: () => void
}

/** Made when it is sent: what it says may depend on that moment. Null where none is due. */
type Answer = (() => RpcResponse) | null

/**
 * One client. Its requests run concurrently; each is answered when it is done, but never before
 * the events up to that moment have gone out, so that a reply does not overtake what it caused.
 */
export class Connection implements OpenConnection {
  readonly #options: ConnectionOptions
  readonly #subscription: Subscription
  readonly #abort = new AbortController()
  #inFlight = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    const { peer, events, limits } = options
    this.#subscription = new Subscription({
      events,
      push: (event) => this.#send(notificationText(event)),
      isCongested: () => (peer.bufferedAmount?.() ?? 0) > limits.congestedAbove,
      giveUp: (reason) => this.end(reason, 'overload'),
    })
    peer.onDrain?.(() => this.#subscription.drained())
  }

  receive(text: string): void {
    if (this.#abort.signal.aborted) return
    const { maxRequestLength, maxRequestsInFlight } = this.#options.limits
    if (text.length > maxRequestLength) {
      this.#refuseOversize(text.length, maxRequestLength)
      return
    }
    const message = parseJson(text)
    if (message instanceof AppError) {
      this.#reply([() => errorResponse(null, message, PARSE_ERROR)], false)
    } else if (!Array.isArray(message)) {
      this.#run([message], false)
    } else if (message.length === 0) {
      const empty = 'a batch must hold at least one request, not none'
      this.#reply([() => invalidRequest(null, empty)], false)
    } else if (message.length > maxRequestsInFlight) {
      const many = `a batch must hold at most ${maxRequestsInFlight} requests, not ${message.length}`
      this.#reply([() => errorResponse(null, new AppError('limit_exceeded', many))], false)
    } else {
      this.#run(message, true)
    }
  }

  /** Ends the connection from this side. */
  end(reason: string, kind: EndKind): void {
    if (this.#abort.signal.aborted) return
    this.close()
    this.#options.peer.close(reason, kind)
  }

  close(): void {
    if (this.#abort.signal.aborted) return
    this.#subscription.close()
    this.#abort.abort(new AppError('cancelled', 'the connection was closed'))
    this.#options.onClose()
  }

  #refuseOversize(length: number, limit: number): void {
    const message = `a request must have at most ${limit} characters, not ${length}`
    const error = errorResponse(null, new AppError('limit_exceeded', message))
    this.#send(JSON.stringify(error))
    this.end(message, 'oversize')
  }

  #run(requests: readonly unknown[], isBatch: boolean): void {
    const answers = requests.map((request) => this.#answer(request))
    const finish = (all: readonly Answer[]) => {
      const due = all.filter((answer) => answer !== null)
      if (due.length > 0) this.#reply(due, isBatch)
    }
    Promise.all(answers)
      .then(finish)
      .catch((error: unknown) => {
        this.#options.logger.error({ error }, 'a request was lost on its way')
        this.end('internal error', 'failure')
      })
  }

  /** Holds the reply until the events so far have gone out; it counts as in flight until then. */
  #reply(due: readonly (() => RpcResponse)[], isBatch: boolean): void {
    this.#inFlight += due.length
    this.#subscription.whenPast(this.#options.events.lastSeq(), () => {
      this.#inFlight -= due.length
      const responses = due.map((answer) => answer())
      this.#send(JSON.stringify(isBatch ? responses : responses[0]))
    })
  }

  async #answer(message: unknown): Promise<Answer> {
    const parsed = RpcRequest.safeParse(message)
    if (!parsed.success || !isStructured(parsed.data.params)) {
      const text = parsed.success
        ? 'params must be an object with named fields, or be left out'
        : describeIssues(parsed.error.issues, message).replaceAll('params:', 'request:')
      return () => invalidRequest(idOf(message), `not a JSON-RPC 2.0 request: ${text}`)
    }
    const { id, method, params = {} } = parsed.data
    try {
      const answer = await this.#counted(method, params)
      return id === undefined ? null : () => resultResponse(id, answer())
    } catch (error) {
      const failure = this.#expected(error, method)
      return id === undefined ? null : () => errorResponse(id, failure)
    }
  }

  /** Unknown failures are told in the log, with their cause; the client learns that there was one. */
  #expected(error: unknown, method: string): AppError {
    const { signal } = this.#abort
    if (error instanceof AppError) return error
    if (signal.aborted) return new AppError('cancelled', messageOf(signal.reason))
    this.#options.logger.error({ error, method }, 'a request failed unexpectedly')
    return new AppError(
      'internal',
      `${method} failed unexpectedly; the log of the host has details`,
    )
  }

  async #counted(method: string, params: unknown): Promise<() => unknown> {
    const { maxRequestsInFlight } = this.#options.limits
    if (this.#inFlight >= maxRequestsInFlight) {
      throw new AppError(
        'limit_exceeded',
        `${maxRequestsInFlight} requests of this connection are unanswered: wait for some of them`,
      )
    }
    this.#inFlight += 1
    try {
      return await this.#call(method, params)
    } finally {
      this.#inFlight -= 1
    }
  }

  async #call(method: string, params: unknown): Promise<() => unknown> {
    if (!isMethodName(method)) throw unknownMethod(method)
    if (method === 'events.subscribe') {
      const { topics, sinceSeq } = parseParams(method, params)
      await this.#subscription.subscribe(topics, sinceSeq)
      return () => ({ seq: this.#subscription.cursor })
    }
    const { handlers, client } = this.#options
    // The compiler cannot follow a name through parameters and handler at once; the contract can.
    const handle = handlers[method] as (params: unknown, context: object) => unknown
    const parsed = parseParams(method, params)
    const result = await handle(parsed, { signal: this.#abort.signal, client })
    return () => result
  }

  #send(text: string): void {
    if (this.#abort.signal.aborted) return
    const { peer, limits, logger } = this.#options
    try {
      peer.send(text)
    } catch (error) {
      logger.warn({ error }, 'a client could not be reached')
      this.end('it could not be reached', 'failure')
      return
    }
    if ((peer.bufferedAmount?.() ?? 0) > limits.hopelessAbove) {
      this.end(
        `this client does not read: more than ${limits.hopelessAbove} bytes wait for it`,
        'overload',
      )
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return new AppError('invalid_params', `the message is not JSON: ${messageOf(error)}`)
  }
}

function isStructured(params: unknown): boolean {
  return params === undefined || (typeof params === 'object' && params !== null)
}

/** The id of a message that is otherwise wrong; null where it has none that could be used. */
function idOf(message: unknown): RpcId {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null
  const { id } = message
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function parseParams<M extends MethodName>(method: M, params: unknown): ParsedParamsOf<M> {
  const parsed = methods[method].params.safeParse(params)
  if (parsed.success) return parsed.data as ParsedParamsOf<M>
  const text = describeIssues(parsed.error.issues, params)
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join('.'))
  throw new AppError('invalid_params', `${method}: ${text}`, { data: { fields } })
}

function unknownMethod(method: string): AppError {
  const near = nearNames(method.slice(0, 100), Object.keys(methods))
  const nouns = [...new Set(Object.keys(methods).map((name) => name.split('.')[0]))]
  const hint =
    near.length > 0
      ? `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
      : `methods begin with one of ${nouns.join(', ')}`
  return new AppError('unknown_method', `there is no method "${method.slice(0, 100)}"; ${hint}`, {
    data: near.length > 0 ? { near } : {},
  })
}

/** The same event goes to every subscriber; it is written as text once. */
const texts = new WeakMap<object, string>()

function notificationText(event: DurableEvent | LiveEvent): string {
  let text = texts.get(event)
  if (text === undefined) {
    const { name, payload, ...envelope } = event
    text = JSON.stringify({ jsonrpc: '2.0', method: name, params: { ...payload, ...envelope } })
    texts.set(event, text)
  }
  return text
}
