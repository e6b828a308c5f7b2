import type { ContentBlock, ModelMessage } from '../models/model-client.js'

/** About 150,000 tokens at four characters each: room for an answer in a window of 200,000. */
export const CONTEXT_CHARACTERS = 600_000

/**
 * Keeps a long run inside the model's window: the oldest tool results give way, with a note of their
 * size, until the rest fits. What people and the model said is never dropped.
 */
export function fitContext(
  messages: readonly ModelMessage[],
  maxCharacters = CONTEXT_CHARACTERS,
): readonly ModelMessage[] {
  let excess = messages.reduce((sum, message) => sum + lengthOf(message), 0) - maxCharacters
  if (excess <= 0) return messages
  return messages.map((message) => ({
    role: message.role,
    content: message.content.map((block): ContentBlock => {
      if (excess <= 0 || block.type !== 'tool_result') return block
      const note = `[left out to save room: ${block.content.length} characters; call the tool again if they are needed]`
      if (note.length >= block.content.length) return block
      excess -= block.content.length - note.length
      return { ...block, content: note }
    }),
  }))
}

function lengthOf(message: ModelMessage): number {
  return message.content.reduce((sum, block) => {
    if (block.type === 'text') return sum + block.text.length
    if (block.type === 'tool_result') return sum + block.content.length
    return sum + JSON.stringify(block.input ?? null).length
  }, 0)
}
