/**
 * A model provider on loopback for teams: every agent looks around, writes a file of its own, runs a command and
 * reports, at the pace of a real model. A lead runs the plan that its task holds.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { beginMessage, endMessage, sendCall, serveMessages } from './wire.mjs'

/** From a request to the end of its answer. */
const TURN_MS = Number(process.env['BENCH_TURN_MS'] ?? 800)

/**
 * @param {import('node:http').ServerResponse} response
 * @param {any} body
 */
async function answer(response, body) {
  /** @type {{ messages: { role: string, content: unknown }[], tools: { name: string }[] }} */
  const { messages, tools } = body
  beginMessage(response)
  await sleep(TURN_MS)
  const call = callOf(
    messages,
    tools.some(({ name }) => name === 'run_plan'),
  )
  sendCall(response, { id: `toolu_${messages.length}`, ...call }, 0)
  endMessage(response, 'tool_use', 100)
}

/**
 * @param {{ role: string, content: unknown }[]} messages
 * @param {boolean} isLead
 */
function callOf(messages, isLead) {
  const from = messages.findLastIndex(({ content }) => JSON.stringify(content).includes('Task: '))
  const turn = messages.slice(from).filter(({ role }) => role === 'assistant').length
  const report = { success: true, report: 'done' }
  if (isLead) return { name: 'finish', input: report }
  const file = /file (\S+?\.txt)/.exec(JSON.stringify(messages[from]))?.[1] ?? 'any.txt'
  /** @type {{ name: string, input: object }[]} */
  const course = [
    { name: 'list_files', input: {} },
    { name: 'write_file', input: { path: file, content: 'done\n' } },
    { name: 'run_command', input: { command: 'sleep 0.2' } },
  ]
  return course[turn] ?? { name: 'finish', input: report }
}

serveMessages(answer)
