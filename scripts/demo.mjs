/**
 * `npm run demo`: the main job in a terminal, on this repository, without a network. A chat starts two tasks in the
 * background, goes on answering while they run, and shows their results. Everything is done by the real host; what is
 * printed is what it sent, with the seconds since the demo began. Fails when any of it did not happen.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { underBundledNode } from './bundled-node.mjs'

await underBundledNode(import.meta.url)

const root = path.dirname(import.meta.dirname)
const LIMIT_MS = 58_000
const LONGEST_QUOTE = 24
/** Takes some seconds on any machine: long enough to go on talking. */
const SLOW_COMMAND = 'npx vitest run --project unit src/main/core/scheduler'

/**
 * @typedef {{ id: string, description: string, state: string, startedAt?: number, endedAt?: number }} Task
 * @typedef {{ id: string, question: string, text: string, state: string, askedAt: number, answeredAt: number }} Answer
 */

let startedAt = performance.now()

/**
 * @param {string} who
 * @param {string} text
 */
function say(who, text) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)
  const lines = stripVTControlCharacters(text).trimEnd().split('\n')
  const shown = lines.slice(0, LONGEST_QUOTE)
  if (lines.length > shown.length) shown.push(`… ${lines.length - shown.length} more lines`)
  const indent = ' '.repeat(22)
  process.stdout.write(`[${seconds} s] ${who.padEnd(10)} ${shown.join(`\n${indent}`)}\n`)
}

/** A host of its own, and one conversation with it. */
class Session {
  /** @type {Map<string, Task>} */
  tasks = new Map()
  /** @type {Answer[]} */
  answers = []
  #nextId = 1
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #calls = new Map()
  /** @type {Set<() => void>} */
  #waiting = new Set()
  /** @type {Map<string, any>} */
  #messages = new Map()
  /** @type {string | undefined} */
  #takenUp
  /** @type {Map<string, string>} reply by question */
  #replies = new Map()
  /** @type {Error | undefined} */
  #failure
  conversationId = ''

  /** @param {import('ws').WebSocket} socket */
  constructor(socket) {
    this.socket = socket
    socket.on('message', (data) => this.#hear(JSON.parse(data.toString())))
    socket.on('close', () => this.fail(new Error('the host closed the connection')))
    socket.on('error', (error) => this.fail(error))
  }

  /** @param {Error} error */
  fail(error) {
    this.#failure ??= error
    for (const call of this.#calls.values()) call.reject(error)
    this.#calls.clear()
    this.#wake()
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>}
   */
  call(method, params) {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject })
      this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    })
  }

  /** Resolves once the condition holds. @param {() => unknown} condition */
  async until(condition) {
    while (!condition()) {
      if (this.#failure) throw this.#failure
      await new Promise((resolve) => this.#waiting.add(() => resolve(undefined)))
    }
  }

  /** Says something and waits for the assistant's answer to it. @param {string} question */
  async ask(question) {
    say('You', question)
    const askedAt = performance.now()
    const { conversationId } = this
    const { messageId } = await this.call('chat.send', { conversationId, text: question })
    const reply = () => this.#messages.get(this.#replies.get(messageId) ?? '')
    await this.until(reply)
    const { text, state, error } = reply()
    const answer = { id: messageId, question, text, state, askedAt, answeredAt: performance.now() }
    this.answers.push(answer)
    const open = this.openTasks().length
    say('Assistant', text)
    if (open > 0) say('', `(answered ${milliseconds(answer)}; tasks not done yet: ${open})`)
    if (state !== 'complete') throw new Error(`the answer is ${state}: ${error?.message ?? ''}`)
    return answer
  }

  openTasks() {
    return [...this.tasks.values()].filter((task) => task.endedAt === undefined)
  }

  #wake() {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  /** @param {any} message */
  #hear(message) {
    if (message.method === undefined) {
      const call = this.#calls.get(message.id)
      this.#calls.delete(message.id)
      if (message.error) call?.reject(new Error(message.error.message))
      else call?.resolve(message.result)
      return
    }
    if (message.method.startsWith('chat.')) this.#hearChat(message.method, message.params)
    if (message.method.startsWith('task.')) this.#hearTask(message.method, message.params)
    this.#wake()
  }

  /**
   * @param {string} name
   * @param {any} event
   */
  #hearChat(name, event) {
    if (name === 'chat.message' && event.role === 'user' && event.state !== 'queued') {
      this.#takenUp = event.messageId
    } else if (name === 'chat.message' && event.role === 'assistant') {
      this.#messages.set(event.messageId, event)
    } else if (name === 'chat.message' && event.role === 'task') {
      say('Card', event.text.split('\n')[0])
    } else if (name === 'chat.activity' && event.messageId && this.#takenUp) {
      this.#replies.set(this.#takenUp, event.messageId)
      this.#takenUp = undefined
    }
  }

  /**
   * @param {string} name
   * @param {any} event
   */
  #hearTask(name, event) {
    if (name === 'task.created') {
      const { id, description } = event.task
      this.tasks.set(id, { id, description, state: 'pending' })
      return
    }
    const task = this.tasks.get(event.taskId)
    if (task === undefined) return
    if (name === 'task.started') {
      task.startedAt ??= performance.now()
      task.state = 'running'
      say('Task', `started: ${task.description} (${task.id})`)
    } else if (['task.completed', 'task.failed', 'task.cancelled'].includes(name)) {
      task.endedAt = performance.now()
      task.state = name.slice('task.'.length)
      const why = event.error ? `: ${event.error.message}` : ''
      const seconds = ((task.endedAt - (task.startedAt ?? task.endedAt)) / 1000).toFixed(1)
      say('Task', `${task.state} after ${seconds} s: ${task.description}${why}`)
    }
  }
}

/** @param {Answer} answer */
function milliseconds({ askedAt, answeredAt }) {
  return `after ${Math.round(answeredAt - askedAt)} ms`
}

/** A key or a data directory of whoever runs the demo is not for it. */
function ownEnvironment() {
  const foreign = /^(ANTHROPIC_|SMART_AGENTS_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/**
 * Starts a host, plays, and takes everything away again, however it ends.
 *
 * @param {(session: Session) => Promise<void>} play
 */
async function withHost(play) {
  const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-demo-'))
  const args = ['--json', '--data-dir', dataDirectory, '--workspace', root]
  const child = spawn(process.execPath, [path.join(root, 'out/main/server.js'), ...args], {
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  /** @type {Session | undefined} */
  let session
  const stop = (/** @type {string} */ reason) => {
    if (session) session.fail(new Error(reason))
    else child.kill('SIGKILL')
  }
  const interrupt = () => stop('stopped by the user')
  const timer = setTimeout(() => stop(`not done after ${LIMIT_MS / 1000} s`), LIMIT_MS)
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    const lines = createInterface({ input: child.stdout })
    const [line] = await Promise.race([once(lines, 'line'), ended.then(() => [''])])
    const { wsUrl, token, error } = JSON.parse(line || '{"error":{"message":"it said nothing"}}')
    if (error) throw new Error(`the host did not start: ${error.message}`)
    const { WebSocket } = await import('ws')
    const socket = new WebSocket(wsUrl, { headers: { authorization: `Bearer ${token}` } })
    session = new Session(socket)
    await once(socket, 'open')
    say('Host', `serving, process ${child.pid}, data in ${dataDirectory}`)
    await play(session)
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    session?.socket.terminate()
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
    await rm(dataDirectory, { recursive: true, force: true })
  }
}

/** @param {Session} session */
async function play(session) {
  const { conversationId } = await session.call('chat.create', { workspace: root })
  session.conversationId = conversationId
  await session.call('events.subscribe', { topics: [conversationId] })

  await session.ask(`run \`${SLOW_COMMAND}\` and survey src for large files`)
  const byText = (/** @type {string} */ text) =>
    [...session.tasks.values()].find((task) => task.description.includes(text))
  const check = byText('vitest')
  const survey = byText('urvey')
  if (!check || !survey) throw new Error('the assistant did not start both tasks')

  await session.ask('what can you do?')
  // On a busy machine tasks wait for their turn; talking goes on, and the proof needs a running one.
  await session.until(() => check.startedAt !== undefined)
  await session.ask('how are the tasks doing?')
  await session.until(() => survey.endedAt !== undefined)
  await session.ask('show the result of the survey')
  await session.until(() => check.endedAt !== undefined)
  await session.ask(`show the result of ${SLOW_COMMAND}`)
  report(session, check, [check, survey])
}

/**
 * Says what the demo has shown. @throws Error for what it has not
 *
 * @param {Session} session
 * @param {Task} slow
 * @param {Task[]} tasks
 */
function report(session, slow, tasks) {
  const meanwhile = session.answers.filter(
    ({ answeredAt }) =>
      answeredAt > (slow.startedAt ?? Number.POSITIVE_INFINITY) && answeredAt < (slow.endedAt ?? 0),
  )
  const shown = session.answers.slice(-2).filter(({ text }) => text.includes('completed after'))
  const checks = [
    { holds: tasks.length === 2, text: `${tasks.length} tasks were started from the chat` },
    {
      holds: meanwhile.length > 0,
      text: `${meanwhile.length} answers were given while "${slow.description}" was running`,
    },
    {
      holds: tasks.every((task) => task.state === 'completed'),
      text: `the tasks ended: ${tasks.map((task) => task.state).join(', ')}`,
    },
    { holds: shown.length === 2, text: `${shown.length} results were shown in the chat` },
  ]
  process.stdout.write('\n')
  for (const { holds, text } of checks) process.stdout.write(`${holds ? '✓' : '✗'} ${text}\n`)
  if (checks.some(({ holds }) => !holds)) throw new Error('not everything went as it should')
}

try {
  const { build, isStale } = await import('./build.mjs')
  if (isStale()) {
    process.stderr.write('Building first, which takes some seconds.\n')
    await build()
  }
  process.stdout.write(`Smart Agents, offline, on ${root}\n\n`)
  startedAt = performance.now()
  await withHost(play)
  process.stdout.write(
    `\nDone in ${((performance.now() - startedAt) / 1000).toFixed(1)} s. The host has ended and its data is removed.\n`,
  )
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
