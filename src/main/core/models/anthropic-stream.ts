import type {
  MessageDeltaUsage,
  RawMessageStreamEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages'
import { parseToolInput } from './invalid-tool-input.js'
import type { ModelTurn, StopReason, TextBlock, TokenUsage, ToolUseBlock } from './model-client.js'

type OpenBlock =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'tool_use'; readonly id: string; readonly name: string; json: string }

/**
 * Builds one turn from the events of a stream. Arguments of a tool call stay text until the block
 * is complete, so that broken JSON costs that one call and not the turn.
 *
 * Blocks of other kinds (thinking, server tools, whatever comes later) are passed over: the loop
 * stores text and tool calls.
 */
export class TurnBuilder {
  readonly #blocks = new Map<number, OpenBlock>()
  readonly #onText: (delta: string) => void
  #usage: TokenUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
  #model: string
  #stopReason: string | null = null
  #complete = false

  /** @param model the name that was asked for, for providers that do not tell theirs. */
  constructor(model: string, onText: (delta: string) => void) {
    this.#model = model
    this.#onText = onText
  }

  /** False until the provider has said that the message is over. */
  get complete(): boolean {
    return this.#complete
  }

  add(event: RawMessageStreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#model = event.message.model || this.#model
        this.#count(event.message.usage)
        return
      case 'content_block_start':
        this.#open(event.index, event.content_block)
        return
      case 'content_block_delta':
        this.#extend(event.index, event.delta)
        return
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason ?? this.#stopReason
        this.#count(event.usage)
        return
      case 'message_stop':
        this.#complete = true
        return
    }
  }

  turn(): ModelTurn {
    const content = [...this.#blocks.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, block]) => toContent(block))
      .filter((block) => block.type !== 'text' || block.text !== '')
    const callsTools = content.some((block) => block.type === 'tool_use')
    return {
      content,
      stopReason: toStopReason(this.#stopReason, callsTools),
      usage: this.#usage,
      model: this.#model,
    }
  }

  #open(index: number, block: { readonly type: string } & Partial<ToolUseStart>): void {
    if (block.type === 'text') {
      this.#blocks.set(index, { kind: 'text', text: '' })
      this.#addText(index, block.text ?? '')
    } else if (block.type === 'tool_use') {
      // Some servers send the whole input at once here, with no deltas after it.
      const given = block.input ?? {}
      const json = Object.keys(given).length === 0 ? '' : JSON.stringify(given)
      this.#blocks.set(index, {
        kind: 'tool_use',
        id: block.id ?? '',
        name: block.name ?? '',
        json,
      })
    }
  }

  #extend(
    index: number,
    delta: { readonly type: string; readonly text?: string; readonly partial_json?: string },
  ): void {
    if (delta.type === 'text_delta') this.#addText(index, delta.text ?? '')
    const block = this.#blocks.get(index)
    if (delta.type === 'input_json_delta' && block?.kind === 'tool_use') {
      block.json += delta.partial_json ?? ''
    }
  }

  #addText(index: number, text: string): void {
    const block = this.#blocks.get(index)
    if (block?.kind !== 'text' || text === '') return
    block.text += text
    this.#onText(text)
  }

  /** The figures of `message_delta` are cumulative and replace the first ones where present. */
  #count(usage: Partial<Usage | MessageDeltaUsage> | null | undefined): void {
    this.#usage = {
      inputTokens: usage?.input_tokens ?? this.#usage.inputTokens,
      outputTokens: usage?.output_tokens ?? this.#usage.outputTokens,
      cacheReadTokens: usage?.cache_read_input_tokens ?? this.#usage.cacheReadTokens,
      cacheWriteTokens: usage?.cache_creation_input_tokens ?? this.#usage.cacheWriteTokens,
    }
  }
}

interface ToolUseStart {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly input: unknown
}

function toContent(block: OpenBlock): TextBlock | ToolUseBlock {
  if (block.kind === 'text') return { type: 'text', text: block.text }
  return { type: 'tool_use', id: block.id, name: block.name, input: parseToolInput(block.json) }
}

function toStopReason(reason: string | null, callsTools: boolean): StopReason {
  switch (reason) {
    case 'max_tokens':
    case 'refusal':
    case 'stop_sequence':
      return reason
    case 'model_context_window_exceeded':
      return 'max_tokens'
    default:
      // Servers that only resemble the original may end a turn with calls as `end_turn`, or as
      // something of their own; what the turn contains is what the loop has to act on.
      return callsTools ? 'tool_use' : 'end_turn'
  }
}
