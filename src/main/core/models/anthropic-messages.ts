import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages'
import { asToolInputObject } from './invalid-tool-input.js'
import type { ContentBlock, ModelMessage, ModelRequest, ToolDefinition } from './model-client.js'

const CACHED = { cache_control: { type: 'ephemeral' } } as const

type CacheableBlock = Exclude<
  ContentBlockParam,
  { type: 'thinking' } | { type: 'redacted_thinking' }
>

/**
 * The request as it goes over the wire. Three cache points of the four that the protocol allows:
 * the tools, the system prompt, and the end of the conversation, which the next turn extends.
 */
export function toWireRequest(request: ModelRequest, model: string): MessageCreateParamsStreaming {
  return {
    model,
    max_tokens: request.maxTokens,
    stream: true,
    messages: toWireMessages(request.messages),
    ...(request.system === ''
      ? {}
      : { system: [{ type: 'text', text: request.system, ...CACHED }] }),
    ...(request.tools.length === 0 ? {} : { tools: toWireTools(request.tools) }),
  }
}

function toWireTools(tools: readonly ToolDefinition[]): Tool[] {
  return tools.map((tool, index) => ({
    name: tool.name,
    description: tool.description,
    input_schema: { ...tool.inputSchema, type: 'object' },
    ...(index === tools.length - 1 ? CACHED : {}),
  }))
}

function toWireMessages(messages: readonly ModelMessage[]): MessageParam[] {
  const wire = messages
    .map((message) => ({
      role: message.role,
      content: message.content.map(toWireBlock).filter((block) => block !== null),
    }))
    .filter((message) => message.content.length > 0)
  const last = wire.at(-1)?.content
  const end = last?.at(-1)
  if (last !== undefined && end !== undefined) last[last.length - 1] = { ...end, ...CACHED }
  return wire
}

/** Null for an empty text, which the protocol refuses. */
function toWireBlock(block: ContentBlock): CacheableBlock | null {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? null : { type: 'text', text: block.text }
    case 'tool_use':
      return {
        type: 'tool_use',
        id: block.id,
        name: block.name,
        input: asToolInputObject(block.input),
      }
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: block.toolUseId,
        content: block.content,
        is_error: block.isError,
      }
  }
}
