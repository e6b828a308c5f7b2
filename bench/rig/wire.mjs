/** The events of the streaming Anthropic Messages protocol, as a provider writes them. */
import { createServer } from 'node:http'

/**
 * @param {import('node:http').ServerResponse} response
 * @param {{ type: string } & Record<string, unknown>} event
 */
export function send(response, event) {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

/** @param {import('node:http').ServerResponse} response */
export function beginMessage(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.socket?.setNoDelay(true)
  const usage = { input_tokens: 1000, output_tokens: 0 }
  const message = { id: 'msg_bench', type: 'message', role: 'assistant', model: 'bench' }
  send(response, {
    type: 'message_start',
    message: { ...message, content: [], stop_reason: null, usage },
  })
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {{ name?: string, input?: object, id: string }} call
 * @param {number} [index] place in the message
 */
export function sendCall(response, { name, input, id }, index = 1) {
  const block = { type: 'tool_use', id, name, input: {} }
  send(response, { type: 'content_block_start', index, content_block: block })
  const delta = { type: 'input_json_delta', partial_json: JSON.stringify(input) }
  send(response, { type: 'content_block_delta', index, delta })
  send(response, { type: 'content_block_stop', index })
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {'end_turn' | 'tool_use'} reason
 * @param {number} outputTokens
 */
export function endMessage(response, reason, outputTokens) {
  const usage = { input_tokens: 1000, output_tokens: outputTokens }
  send(response, { type: 'message_delta', delta: { stop_reason: reason }, usage })
  send(response, { type: 'message_stop' })
  response.end()
}

/**
 * Answers requests for messages on loopback, prints the address as its first line, and ends with its parent.
 *
 * @param {(response: import('node:http').ServerResponse, body: any) => void | Promise<void>} answer
 */
export function serveMessages(answer) {
  const server = createServer((request, response) => {
    read(request)
      .then((body) => answer(response, body))
      .catch((error) => {
        process.stderr.write(`provider: ${error.stack}\n`)
        response.destroy()
      })
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening on a port')
    process.stdout.write(`http://127.0.0.1:${address.port}\n`)
  })
  process.on('disconnect', () => process.exit())
}

/** @param {import('node:http').IncomingMessage} request */
async function read(request) {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return JSON.parse(body)
}
