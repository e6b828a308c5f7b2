/**
 * A model provider on loopback for agents that write to each other. What an agent does stands in the mail that it
 * handles: `ring COUNT of SIZE` is passed on to the next agent with COUNT less one, until it is 0; anything else is
 * done at once.
 */
import { beginMessage, endMessage, sendCall, serveMessages } from './wire.mjs'

/**
 * @param {import('node:http').ServerResponse} response
 * @param {any} body
 */
async function answer(response, body) {
  const { messages, system } = body
  const self = Number(/You are the agent a(\d+)\. /.exec(JSON.stringify(system))?.[1] ?? 0)
  const [, count, size] = /ring (\d+) of (\d+)/.exec(JSON.stringify(messages.at(-1))) ?? []
  beginMessage(response)
  if (Number(count) > 0) {
    const text = `ring ${Number(count) - 1} of ${size}`
    const input = { to: `a${(self + 1) % Number(size)}`, subject: 'ring', body: text }
    sendCall(response, { id: 'toolu_mail', name: 'send_mail', input }, 0)
  }
  const finish = { success: true, report: 'done' }
  sendCall(response, { id: 'toolu_finish', name: 'finish', input: finish }, 1)
  endMessage(response, 'tool_use', 20)
}

serveMessages(answer)
