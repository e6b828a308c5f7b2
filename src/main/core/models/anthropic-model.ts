import { Anthropic } from '@anthropic-ai/sdk'
import type { Logger } from '../ports.js'
import {
  cutStreamError,
  type ErrorContext,
  notAStreamError,
  toModelError,
  toStreamError,
} from './anthropic-error.js'
import { toWireRequest } from './anthropic-messages.js'
import { TurnBuilder } from './anthropic-stream.js'
import { type ModelClient, ModelError, type ModelRequest, type ModelTurn } from './model-client.js'
import { abortedError } from './model-error.js'

export const ANTHROPIC_BASE_URL = 'https://api.anthropic.com'

export interface AnthropicModelOptions {
  /** Null for a local server that asks for none. */
  readonly apiKey: string | null
  /** With or without `/v1` and slashes at the end; null for Anthropic's own. */
  readonly baseUrl: string | null
  /** Used where a request names no model. */
  readonly model: string
  readonly logger: Logger
  /** For tests and proxies; the platform's own where absent. */
  readonly fetch?: typeof globalThis.fetch
}

/**
 * A model behind the Anthropic Messages protocol: Anthropic itself, a gateway, or a local server.
 *
 * Never throws, whatever the settings are: a wrong base URL or key is the error of each turn, so
 * that the program starts and can say what is wrong. Nothing is retried here; the gate and the
 * loop decide about that.
 */
export function createAnthropicModel(options: AnthropicModelOptions): ModelClient {
  return new AnthropicModel(options)
}

/**
 * The root that the SDK appends `/v1/messages` to; null when it is not an http(s) URL, or holds a
 * user name or password, which would end up in logs and error messages.
 */
export function normalizeBaseUrl(text: string): string | null {
  const url = URL.parse(text.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  if (url.username !== '' || url.password !== '') return null
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v1(\/messages)?$/, '')
}

class AnthropicModel implements ModelClient {
  readonly name = 'anthropic'
  readonly #options: AnthropicModelOptions
  /** A model that answers every turn with this error, because it cannot be used as it is set up. */
  readonly #defect: string | null
  readonly #client: Anthropic | null
  readonly #endpoint: string

  constructor(options: AnthropicModelOptions) {
    const apiKey = options.apiKey?.trim() || null
    const baseUrl = normalizeBaseUrl(options.baseUrl?.trim() || ANTHROPIC_BASE_URL)
    this.#options = { ...options, apiKey }
    this.#defect = defectOf(apiKey, baseUrl)
    this.#endpoint = baseUrl ?? ''
    this.#client =
      baseUrl === null || this.#defect !== null ? null : createClient(options, apiKey, baseUrl)
  }

  async turn(request: ModelRequest): Promise<ModelTurn> {
    const { signal } = request
    if (signal.aborted) throw abortedError()
    if (this.#client === null) {
      const about = this.#endpoint === '' ? 'baseUrl' : 'apiKey'
      throw new ModelError(this.#defect ?? '', { errorClass: 'permanent', about })
    }
    const model = request.model ?? this.#options.model
    const context = { model, endpoint: this.#endpoint, apiKey: this.#options.apiKey }
    try {
      return await this.#stream(this.#client, request, context)
    } catch (error) {
      const failure = toModelError(error, signal, context)
      if (failure.errorClass !== 'aborted') {
        const { errorClass, status, retryAfterMs } = failure
        this.#options.logger.warn(
          { model, errorClass, status, retryAfterMs },
          `model turn failed: ${failure.message}`,
        )
      }
      throw failure
    }
  }

  async #stream(
    client: Anthropic,
    request: ModelRequest,
    context: ErrorContext,
  ): Promise<ModelTurn> {
    const { data: events, response } = await client.messages
      .create(toWireRequest(request, context.model), { signal: request.signal })
      .withResponse()
    const contentType = response.headers.get('content-type')
    if (!contentType?.includes('text/event-stream')) {
      events.controller.abort()
      throw notAStreamError(contentType, context)
    }
    const builder = new TurnBuilder(context.model, (delta) => this.#passOn(delta, request))
    // Read to the end of the body, so that the connection can be used again. The SDK ends this loop
    // quietly when the request is aborted; a server that stays silent is cut off by fetch itself
    // after five minutes, while the protocol sends pings far more often.
    try {
      for await (const event of events) builder.add(event)
    } catch (error) {
      throw toStreamError(error, context)
    }
    if (request.signal.aborted) throw abortedError()
    if (!builder.complete) throw cutStreamError(context)
    return builder.turn()
  }

  /** A listener that throws must not cost a turn that is being paid for. */
  #passOn(delta: string, request: ModelRequest): void {
    try {
      request.onText?.(delta)
    } catch (error) {
      this.#options.logger.error({ err: error }, 'a listener of a model turn threw')
    }
  }
}

function defectOf(apiKey: string | null, baseUrl: string | null): string | null {
  if (baseUrl === null) {
    return (
      'The base URL of the model is not usable: it must be an http or https URL without a user ' +
      `name or password, such as ${ANTHROPIC_BASE_URL}. Set it in the settings, or in ` +
      'ANTHROPIC_BASE_URL.'
    )
  }
  // fetch would refuse such a header with a message that repeats it.
  if (apiKey !== null && !/^[\x21-\x7e]+$/.test(apiKey)) {
    return (
      'The API key holds characters that no key has (spaces, line breaks or others outside ASCII). ' +
      'Set the key again in the settings, or in ANTHROPIC_API_KEY.'
    )
  }
  return null
}

function createClient(
  options: AnthropicModelOptions,
  apiKey: string | null,
  baseURL: string,
): Anthropic {
  // Without a key the SDK would look for credentials in the environment and in files.
  const key = apiKey ?? 'none'
  return new Anthropic({
    apiKey: key,
    baseURL,
    // The SDK sends the key as a bearer token. Gateways and local servers of the years before look
    // for it here, and none minds both.
    ...(baseURL === ANTHROPIC_BASE_URL ? {} : { defaultHeaders: { 'X-Api-Key': key } }),
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  })
}
