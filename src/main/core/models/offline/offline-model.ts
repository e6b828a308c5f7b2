import { createHash } from 'node:crypto'
import type { Clock } from '../../ports.js'
import type {
  ModelClient,
  ModelRequest,
  ModelTurn,
  TextBlock,
  TokenUsage,
  ToolUseBlock,
} from '../model-client.js'
import { planAgentTurn } from './agent/agent-planner.js'
import { planChatTurn } from './chat/chat-planner.js'
import { stableJson } from './replay.js'
import type { PlannedTurn } from './routine.js'
import { streamText, throwIfAborted } from './text-stream.js'

export const OFFLINE_MODEL_NAME = 'offline'

/** Rules read no tokens; an estimate would be shown, and counted against a budget, as if it were one. */
const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
}

const DEFAULT_PACE_CHARACTERS_PER_SECOND = 5_000

export interface OfflineModelOptions {
  readonly clock: Clock
  /** How fast text appears; Infinity for at once. The default is 40 characters every 8 ms. */
  readonly paceCharactersPerSecond?: number
}

/**
 * The model that needs no network: fixed rules that drive the same loop and the same tools as a real
 * one. A turn is a pure function of the request, so a restart goes on exactly where the transcript
 * stands. It says itself that it is offline, and claims only what tools answered.
 */
export function createOfflineModel(options: OfflineModelOptions): ModelClient {
  const charactersPerSecond = options.paceCharactersPerSecond ?? DEFAULT_PACE_CHARACTERS_PER_SECOND
  return {
    name: OFFLINE_MODEL_NAME,
    async turn(request) {
      throwIfAborted(request.signal)
      const turn = makeTurn(request, planTurn(request))
      const text = turn.content.find((block) => block.type === 'text')?.text ?? ''
      const { signal, onText } = request
      await streamText(text, onText ?? (() => undefined), {
        clock: options.clock,
        pace: { charactersPerSecond: onText === undefined ? Infinity : charactersPerSecond },
        signal,
      })
      return turn
    },
  }
}

/** Agents have `finish`; everyone else is spoken to as in the chat. */
export function planTurn(request: Pick<ModelRequest, 'messages' | 'tools'>): PlannedTurn {
  const offered = new Set(request.tools.map((tool) => tool.name))
  return offered.has('finish')
    ? planAgentTurn(request.messages, offered)
    : planChatTurn(request.messages, offered)
}

function makeTurn(request: ModelRequest, planned: PlannedTurn): ModelTurn {
  const prefix = `offline_${digestOf(request.messages)}`
  const calls = planned.calls.map(
    (call, index): ToolUseBlock => ({
      type: 'tool_use',
      id: `${prefix}_${index}`,
      name: call.name,
      input: call.input,
    }),
  )
  const text: TextBlock[] = planned.text === '' ? [] : [{ type: 'text', text: planned.text }]
  return {
    content: [...text, ...calls],
    stopReason: calls.length > 0 ? 'tool_use' : 'end_turn',
    usage: NO_USAGE,
    model: OFFLINE_MODEL_NAME,
  }
}

/** Ids of calls differ between the turns of a conversation and are the same when a turn is repeated. */
function digestOf(messages: ModelRequest['messages']): string {
  const hash = createHash('sha256')
  for (const message of messages) hash.update(stableJson(message)).update('\n')
  return hash.digest('hex').slice(0, 20)
}
