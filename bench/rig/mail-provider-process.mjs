/**
 * A model provider on loopback for agents that write to each other. What an agent does stands in the mail that it
 * handles: `ring COUNT of SIZE` is passed on to the next agent with COUNT less one, until it is 0; anything else is
 * done at once.
 */
import { createServer } from 'node:http'
import { beginMessage, endMessage, sendCall, serveOnLoopback } from './wire.mjs'

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    process.stderr.write(`provider: ${error.stack}\n`)
    response.destroy()
  })
})

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const { messages, system } = JSON.parse(body)
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

serveOnLoopback(server)
