import type { ErrorCode } from '../../../shared/rpc/errors.js'

/** The Messages protocol in the shape that the loop stores: plain JSON. */
export type ContentBlock = TextBlock | ToolUseBlock | ToolResultBlock

export interface TextBlock {
  readonly type: 'text'
  readonly text: string
}

export interface ToolUseBlock {
  readonly type: 'tool_use'
  readonly id: string
  readonly name: string
  /** As the model wrote it; not yet checked against the tool's schema. */
  readonly input: unknown
}

export interface ToolResultBlock {
  readonly type: 'tool_result'
  readonly toolUseId: string
  readonly content: string
  readonly isError: boolean
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant'
  readonly content: readonly ContentBlock[]
}

export interface ToolDefinition {
  readonly name: string
  readonly description: string
  /** JSON Schema of an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>
}

export interface ModelRequest {
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly tools: readonly ToolDefinition[]
  readonly maxTokens: number
  /** Overrides the model of the settings. */
  readonly model?: string
  readonly signal: AbortSignal
  /** Text of the answer as it comes. */
  readonly onText?: (delta: string) => void
}

export interface TokenUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
}

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'stop_sequence'

export interface ModelTurn {
  readonly content: readonly (TextBlock | ToolUseBlock)[]
  readonly stopReason: StopReason
  readonly usage: TokenUsage
  readonly model: string
}

/** The one interface to a language model: a streamed Messages turn with tools, abort and usage. */
export interface ModelClient {
  readonly name: string
  /**
   * Resolves with a complete turn. A turn that was cut is an error, never a shorter turn.
   * @throws ModelError
   */
  turn(request: ModelRequest): Promise<ModelTurn>
}

/**
 * `transient`: worth trying again soon. `quota`: not before `retryAtMs`. `permanent`: trying again
 * with the same request cannot help. `aborted`: the caller's signal ended it.
 */
export type ModelErrorClass = 'transient' | 'quota' | 'permanent' | 'aborted'

export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ErrorCode
  readonly errorClass: ModelErrorClass
  /** HTTP status where there was one. */
  readonly status: number | null
  /** How long the provider asks to be left alone, in ms; null where it did not say. */
  readonly retryAfterMs: number | null
  /** The setting that is wrong, where it is clear that one is. */
  readonly about: 'apiKey' | 'model' | 'baseUrl' | null

  constructor(
    message: string,
    details: {
      readonly errorClass: ModelErrorClass
      readonly status?: number | null
      readonly retryAfterMs?: number | null
      readonly about?: 'apiKey' | 'model' | 'baseUrl' | null
      readonly cause?: unknown
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.errorClass = details.errorClass
    this.code = details.errorClass === 'aborted' ? 'cancelled' : 'provider_error'
    this.status = details.status ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
    this.about = details.about ?? null
  }
}
