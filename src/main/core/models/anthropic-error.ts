import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk'
import { messageOf } from '../../../shared/rpc/errors.js'
import { ModelError, type ModelErrorClass } from './model-client.js'
import { abortedError } from './model-error.js'
import { retryAfterMsOf } from './retry-after.js'

/** What a message may name, and the one thing that it must not. */
export interface ErrorContext {
  readonly model: string
  /** Scheme, host and path of the provider, as shown to people. */
  readonly endpoint: string
  readonly apiKey: string | null
}

const CLASS_OF_TYPE: Readonly<Record<string, ModelErrorClass>> = {
  rate_limit_error: 'quota',
  invalid_request_error: 'permanent',
  authentication_error: 'permanent',
  billing_error: 'permanent',
  permission_error: 'permanent',
  not_found_error: 'permanent',
  request_too_large: 'permanent',
}

/**
 * Any failure of a turn as a `ModelError`. What the SDK threw is never attached as `cause`: it
 * holds headers and bodies, and a gateway may have repeated the key in them.
 */
export function toModelError(
  error: unknown,
  signal: AbortSignal,
  context: ErrorContext,
): ModelError {
  if (signal.aborted) return abortedError()
  if (error instanceof ModelError) return error
  if (error instanceof APIConnectionTimeoutError) {
    return transient(`${context.endpoint} did not answer in time.`)
  }
  if (error instanceof APIConnectionError) {
    if (isRefusedPort(error)) return refusedPortError(context)
    const reason = redact(connectionReason(error), context)
    if (wasConnected(error)) {
      return transient(`${context.endpoint} cut its answer off: ${reason}.`)
    }
    return new ModelError(`${context.endpoint} could not be reached: ${reason}.`, {
      errorClass: 'transient',
      about: 'baseUrl',
    })
  }
  if (error instanceof APIError) return fromApiError(error, context)
  const reason = redact(messageOf(error), context)
  return transient(`The answer of ${context.endpoint} could not be read to its end: ${reason}.`)
}

/** The error of an answer that ended before the provider said that it was complete. */
export function cutStreamError(context: ErrorContext): ModelError {
  return transient(`The answer of ${context.endpoint} was cut before its end.`)
}

/** What went wrong while an answer was being read: whoever sends one has been reached. */
export function toStreamError(error: unknown, context: ErrorContext): unknown {
  const isLost = error instanceof APIConnectionError || isClosedBody(error)
  if (!isLost || error instanceof APIConnectionTimeoutError) return error
  const reason = redact(connectionReason(error), context)
  return transient(`The answer of ${context.endpoint} was cut before its end: ${reason}.`)
}

/** `TypeError: terminated` of fetch, with the reason as its cause. */
function isClosedBody(error: unknown): error is TypeError {
  return error instanceof TypeError && error.cause instanceof Error
}

/** The error of a server that answers with something other than a stream of events. */
export function notAStreamError(contentType: string | null, context: ErrorContext): ModelError {
  return new ModelError(
    `${context.endpoint} answered with ${contentType ?? 'no content type'} instead of an event ` +
      'stream. The base URL must be that of a server that speaks the Anthropic Messages protocol.',
    { errorClass: 'permanent', about: 'baseUrl' },
  )
}

function fromApiError(error: APIError, context: ErrorContext): ModelError {
  const status = error.status ?? null
  const type = error.type ?? ''
  const detail = redact(error.apiMessage ?? withoutStatus(error.message, status), context)
  const errorClass = status === null ? (CLASS_OF_TYPE[type] ?? 'transient') : classOfStatus(status)
  const known = status ?? statusOfType(type)
  return new ModelError(explain(known, type, detail, context), {
    errorClass,
    about: blameOf(known, type),
    status,
    retryAfterMs: errorClass === 'permanent' ? null : retryAfterMsOf(error.headers),
  })
}

function classOfStatus(status: number): ModelErrorClass {
  if (status === 429) return 'quota'
  // 408 and 409 are timeouts and lock conflicts on the provider's side.
  if (status >= 500 || status === 408 || status === 409) return 'transient'
  return 'permanent'
}

/** An error inside a stream has a type and no status; the same advice holds. */
function statusOfType(type: string): number | null {
  switch (type) {
    case 'authentication_error':
      return 401
    case 'billing_error':
      return 402
    case 'permission_error':
      return 403
    case 'not_found_error':
      return 404
    case 'request_too_large':
      return 413
    case 'rate_limit_error':
      return 429
    case 'overloaded_error':
      return 529
    default:
      return null
  }
}

/** Which setting another value of would help. */
function blameOf(status: number | null, type: string): ModelError['about'] {
  switch (status) {
    case 401:
    case 402:
      return 'apiKey'
    case 403:
      return 'model'
    case 404:
      return type === 'not_found_error' ? 'model' : 'baseUrl'
    default:
      return null
  }
}

function explain(
  status: number | null,
  type: string,
  detail: string,
  context: ErrorContext,
): string {
  const { endpoint, model } = context
  switch (status) {
    case 401:
      return (
        `${endpoint} refused the API key: ${detail}. ` +
        'Set a valid key in the settings, or in ANTHROPIC_API_KEY.'
      )
    case 402:
      return `${endpoint} asks for payment: ${detail}. Check the billing of the account.`
    case 403:
      return (
        `${endpoint} does not allow this key to use the model "${model}": ${detail}. ` +
        'Use a key with access, or another model.'
      )
    case 404:
      return type === 'not_found_error'
        ? `${endpoint} has no model "${model}": ${detail}. Set the name of one that it has in the ` +
            'settings, or in SMART_AGENTS_MODEL.'
        : `${endpoint} has no /v1/messages: ${detail}. Set the base URL, in the settings or in ` +
            'ANTHROPIC_BASE_URL, to a server that speaks the Anthropic Messages protocol.'
    case 413:
      return (
        `The request is larger than ${endpoint} accepts: ${detail}. ` +
        'Start a new conversation, or ask for less in one step.'
      )
    case 429:
      return `The rate limit of ${endpoint} is used up: ${detail}.`
    case 529:
      return `${endpoint} is overloaded: ${detail}.`
    default:
      if (status !== null && status >= 400 && status < 500) {
        return `${endpoint} refused the request (${status}): ${detail}.${adviceFor(detail)}`
      }
      return `${endpoint} failed${status === null ? '' : ` (${status})`}: ${detail}.`
  }
}

function adviceFor(detail: string): string {
  if (/prompt is too long|context window|maximum context/i.test(detail)) {
    return ' Start a new conversation, or use a model with a larger context.'
  }
  if (/credit balance|billing/i.test(detail)) return ' Check the billing of the account.'
  return ''
}

/** The innermost reason, such as `connect ECONNREFUSED 127.0.0.1:11434`; the outer ones say less. */
function connectionReason(error: Error): string {
  let reason = error.message
  let cause: unknown = error.cause
  for (let depth = 0; cause instanceof Error && depth < 5; depth++) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    reason = cause.message === '' ? code || reason : cause.message
    cause = cause.cause
  }
  return reason
}

/** fetch never connects to the ports that it keeps for other services, and gives no code for it. */
function isRefusedPort(error: Error): boolean {
  return connectionReason(error) === 'bad port'
}

function refusedPortError({ endpoint }: ErrorContext): ModelError {
  return new ModelError(
    `${endpoint} was not asked: its port belongs to another kind of service, and web requests to it are blocked. Set the base URL, ` +
      'in the settings or in ANTHROPIC_BASE_URL, to the port of a server that speaks the Anthropic Messages protocol, such as ' +
      'http://localhost:11434.',
    { errorClass: 'permanent', about: 'baseUrl' },
  )
}

/** Somebody was there and closed the connection again; no answer had come through by then. */
function wasConnected(error: Error): boolean {
  let cause: unknown = error.cause
  for (let depth = 0; cause instanceof Error && depth < 5; depth++) {
    if ('code' in cause && cause.code === 'UND_ERR_SOCKET') return true
    cause = cause.cause
  }
  return false
}

function withoutStatus(message: string, status: number | null): string {
  return status !== null && message.startsWith(`${status} `)
    ? message.slice(String(status).length + 1)
    : message
}

const MAX_DETAIL_CHARS = 500

/** One short line without keys and without a full stop, to be put into a sentence. */
function redact(detail: string, context: ErrorContext): string {
  const key = context.apiKey
  const withoutKey = key === null || key === '' ? detail : detail.replaceAll(key, '[key]')
  const line = withoutKey
    .replaceAll(/\bsk-[A-Za-z0-9_-]{8,}/g, '[key]')
    .replaceAll(/\b(Bearer)\s+\S+/gi, '$1 [key]')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const short = line.length > MAX_DETAIL_CHARS ? `${line.slice(0, MAX_DETAIL_CHARS)}…` : line
  return short.replace(/\.+$/, '')
}

function transient(message: string): ModelError {
  return new ModelError(message, { errorClass: 'transient' })
}
