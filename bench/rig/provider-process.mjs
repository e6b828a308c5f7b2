/**
 * A model provider on loopback that speaks the streaming part of the Anthropic Messages protocol at a given pace. A
 * process of its own, so that neither the host nor the bench waits for it. Prints its address as its first line; the
 * message `{ journal: FIRST }` is answered with the instants at which the chat tokens from FIRST on were written.
 *
 * What is answered stands in the request:
 * - `stream COUNT tokens from FIRST at RATE per second` in the newest message of the chat;
 * - `endless work at RATE tokens per second` in a task: text and tool calls in turns, until it is cancelled.
 */
import { beginMessage, endMessage, send, sendCall, serveMessages } from './wire.mjs'

const AGENT_TOKENS_PER_TURN = 200

/** @type {Map<number, number>} token → epoch ms at which it was written */
const journal = new Map()

/**
 * @param {import('node:http').ServerResponse} response
 * @param {any} body
 */
async function answer(response, body) {
  const { messages } = body
  beginMessage(response)
  const work = /endless work at (\d+) tokens per second/.exec(JSON.stringify(messages[0]))
  const chat = /stream (\d+) tokens from (\d+) at (\d+) per second/.exec(
    JSON.stringify(messages.at(-1)),
  )
  if (work !== null) {
    const turn = messages.filter(
      (/** @type {{ role: string }} */ m) => m.role === 'assistant',
    ).length
    await streamText(response, AGENT_TOKENS_PER_TURN, Number(work[1]), agentToken)
    sendCall(response, toolCall(turn))
  } else if (chat !== null) {
    const first = Number(chat[2])
    await streamText(response, Number(chat[1]), Number(chat[3]), (n) => {
      journal.set(first + n, performance.timeOrigin + performance.now())
      return chatToken(first + n, n)
    })
  } else {
    await streamText(response, 1, 100, () => 'Yes.')
  }
  endMessage(response, work === null ? 'end_turn' : 'tool_use', AGENT_TOKENS_PER_TURN)
}

/**
 * Token n is due n / rate after the first; a late timer sends what is due and does not move the rest.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {number} count
 * @param {number} rate per second
 * @param {(n: number) => string} tokenAt
 * @returns {Promise<void>}
 */
function streamText(response, count, rate, tokenAt) {
  const block = { type: 'text', text: '' }
  send(response, { type: 'content_block_start', index: 0, content_block: block })
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let next = 0
    const step = () => {
      while (next < count && performance.now() >= startedAt + (next * 1000) / rate) {
        const delta = { type: 'text_delta', text: tokenAt(next) }
        send(response, { type: 'content_block_delta', index: 0, delta })
        next++
      }
      if (next < count && !response.destroyed) {
        setTimeout(step, startedAt + (next * 1000) / rate - performance.now())
        return
      }
      send(response, { type: 'content_block_stop', index: 0 })
      resolve()
    }
    step()
  })
}

/**
 * Markdown of the kind that models write: paragraphs, a list, a block of code.
 *
 * @param {number} id what the page looks for
 * @param {number} n place in the reply
 */
function chatToken(id, n) {
  const place = n % 200
  const word = `tok${id}x `
  if (place === 120) return `\n\n\`\`\`ts\n${word}`
  if (place > 120 && place < 160) return place % 8 === 0 ? `\n${word}` : word
  if (place === 160) return `\n\`\`\`\n\n${word}`
  if (place === 80) return `\n\n- ${word}`
  if (place > 80 && place < 120) return place % 10 === 0 ? `\n- ${word}` : word
  return place % 40 === 0 ? `\n\n${word}` : word
}

/** @param {number} n */
function agentToken(n) {
  return n % 12 === 11 ? `word${n}\n` : `word${n} `
}

/**
 * What agents do all day: look, and keep their plan current.
 *
 * @param {number} turn
 */
function toolCall(turn) {
  /** @param {number} step */
  const state = (step) => (step < turn % 8 ? 'done' : step === turn % 8 ? 'active' : 'pending')
  const steps = Array.from({ length: 8 }, (_, step) => ({
    title: `Step ${step + 1} of the work`,
    state: state(step),
  }))
  const calls = [
    { name: 'update_plan', input: { steps } },
    { name: 'read_file', input: { path: 'package.json' } },
    { name: 'search_files', input: { pattern: 'export function', maxResults: 50 } },
    { name: 'list_files', input: { recursive: true, maxEntries: 200 } },
  ]
  return { ...calls[turn % calls.length], id: `toolu_${turn}` }
}

serveMessages(answer)

process.on('message', (message) => {
  const { journal: first } = /** @type {{ journal: number }} */ (message)
  process.send?.({ written: [...journal].filter(([token]) => token >= first) })
})
