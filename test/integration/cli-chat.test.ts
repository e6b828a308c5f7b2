import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatMessage } from '../../src/shared/model/chat.js'
import { ConversationId, MessageId, TaskId } from '../../src/shared/model/ids.js'
import type { TaskView } from '../../src/shared/model/task.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { CliRun, cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const conversationId = ConversationId.parse('conv_1')
const taskId = TaskId.parse('task_abc123')

let dataDirectory: string
let host: ScriptedHost
let messages: number

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-chat-'))
  host = await ScriptedHost.start(dataDirectory)
  messages = 0
  host.answer('chat.create', () => ({ conversationId }))
  host.answer('chat.history', () => ({ messages: [], nextCursor: null, seq: 0 }))
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function nextId(): MessageId {
  return MessageId.parse(`msg_${++messages}`)
}

function message(over: Partial<ChatMessage>): ChatMessage {
  const order = messages
  return {
    messageId: nextId(),
    conversationId,
    role: 'assistant',
    text: '',
    state: 'complete',
    createdAt: 1,
    order,
    ...over,
  }
}

/** The host takes a question up: it says so, and then which reply answers it. */
function takeUp(question: MessageId, text: string): MessageId {
  host.emit('chat.message', message({ messageId: question, role: 'user', text }))
  const messageId = nextId()
  host.emit('chat.activity', { conversationId, messageId, busy: true })
  return messageId
}

function speak(messageId: MessageId, offset: number, text: string): void {
  host.emit('chat.delta', { conversationId, messageId, offset, text })
}

/** Answers every question with its own words in capitals. */
function echo(): void {
  host.answer('chat.send', ({ text }) => {
    const question = nextId()
    const messageId = takeUp(question, text)
    const answer = `${text.toUpperCase()}!`
    speak(messageId, 0, answer.slice(0, 3))
    speak(messageId, 3, answer.slice(3))
    host.emit('chat.message', message({ messageId, text: answer }))
    return { messageId: question }
  })
}

function task(description: string): TaskView {
  return {
    id: taskId,
    type: 'command',
    description,
    agentType: 'command',
    workspace: '/work',
    conversationId,
    priority: 5,
    state: 'pending',
    progress: 0,
    steps: [],
    attempt: 0,
    maxAttempts: 1,
    createdAt: 1,
  }
}

function run(argv: readonly string[], input?: string) {
  return cli(argv, { dataDirectory, ...(input === undefined ? {} : { input }) })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('chat MESSAGE', () => {
  it('goes on from a message of a conversation in a branch of it', async () => {
    echo()
    host.answer('chat.branch', ({ conversationId: from, messageId }) => {
      expect([from, messageId]).toEqual(['conv_0', 'msg_5'])
      return { conversationId }
    })
    const flags = ['--conversation', 'conv_0', '--branch', 'msg_5']
    const done = await run(['chat', 'hello', ...flags])
    expect(done).toMatchObject({ exitCode: 0, stdout: 'HELLO!\n' })
    expect(done.stderr).toContain('conv_1')
    const alone = await run(['chat', 'hello', '--branch', 'msg_5'])
    expect(alone).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--conversation') })
  })

  it('prints the answer on stdout and the conversation on stderr', async () => {
    echo()
    expect(await run(['chat', 'hello'])).toEqual({
      exitCode: 0,
      stdout: 'HELLO!\n',
      stderr: 'Conversation: conv_1\n',
    })
    const created = host.calls.find((call) => call.method === 'chat.create')
    expect(created?.params).toEqual({ workspace: dataDirectory })
  })

  it('prints one document with --json', async () => {
    echo()
    const { exitCode, stdout, stderr } = await run(['chat', 'hello', '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      conversationId,
      messageId: 'msg_1',
      reply: { role: 'assistant', text: 'HELLO!', state: 'complete' },
      tasks: [],
    })
  })

  it('says which tasks were started, and does not wait for them', async () => {
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      const messageId = takeUp(question, text)
      host.emit('task.created', { taskId, conversationId, task: task('run the tests') })
      host.emit('chat.message', message({ messageId, text: 'On it.' }))
      return { messageId: question }
    })
    expect((await run(['chat', 'run the tests'])).stdout).toBe(
      "On it.\nTask started: task_abc123\nYou can continue chatting. I'll notify you when done.\n",
    )
  })

  it('prints only the answer to its own question in a busy conversation', async () => {
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      // Asked before us, in another window.
      const other = nextId()
      speak(other, 0, 'not for us')
      host.emit(
        'chat.message',
        message({ messageId: question, role: 'user', state: 'queued', text }),
      )
      host.emit('chat.message', message({ messageId: other, text: 'not for us' }))
      const mine = takeUp(question, text)
      speak(mine, 0, 'for us')
      host.emit('chat.message', message({ messageId: mine, text: 'for us' }))
      return { messageId: question }
    })
    const { stdout } = await run(['chat', 'and me?', '--conversation', 'conv_1'])
    expect(stdout).toBe('for us\n')
    expect(host.calls.map((call) => call.method)).not.toContain('chat.create')
  })

  it('ends with 1 and the reason when the answer failed, and keeps what was said', async () => {
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      const messageId = takeUp(question, text)
      speak(messageId, 0, 'I would')
      const error = { code: 'provider_error' as const, message: 'HTTP 529', retryable: true }
      host.emit('chat.message', message({ messageId, text: 'I would', state: 'failed', error }))
      return { messageId: question }
    })
    expect(await run(['chat', 'hello'])).toEqual({
      exitCode: 1,
      stdout: 'I would\n',
      stderr: 'Conversation: conv_1\nsmart-agents: HTTP 529\n',
    })
  })

  it('ends with 3 for a conversation that there is not', async () => {
    host.answer('chat.history', () => {
      throw new AppError('not_found', 'there is no conversation conv_9')
    })
    const { exitCode, stderr } = await run(['chat', 'hello', '--conversation', 'conv_9'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: 'smart-agents: there is no conversation conv_9\n',
    })
  })

  it('stops the answer on Ctrl+C', async () => {
    let speaking: MessageId | null = null
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      speaking = takeUp(question, text)
      speak(speaking, 0, 'endless')
      return { messageId: question }
    })
    host.answer('chat.stop', () => {
      if (speaking === null) return { stopped: false }
      host.emit('chat.message', message({ messageId: speaking, text: 'endless', state: 'stopped' }))
      return { stopped: true }
    })
    const running = new CliRun(['chat', 'hello'], { dataDirectory })
    await running.shows(/endless/)
    running.interrupt()
    expect(await running.exit).toBe(130)
    expect(running.stdout).toBe('endless\n')
  })

  it('hears the rest of the answer from the next host', async () => {
    let speaking: MessageId | null = null
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      speaking = takeUp(question, text)
      speak(speaking, 0, 'one ')
      return { messageId: question }
    })
    const running = new CliRun(['chat', 'hello'], { dataDirectory })
    await running.shows(/one /)
    host.dropClients()
    await until(() => host.calls.filter((call) => call.method === 'events.subscribe').length === 2)
    expect(host.calls.at(-1)?.params).toMatchObject({ topics: ['conv_1'], sinceSeq: 1 })
    if (speaking !== null)
      host.emit('chat.message', message({ messageId: speaking, text: 'one two' }))
    expect(await running.exit).toBe(0)
    expect(running.stdout).toBe('one two\n')
  })
})

describe('chat with lines from a pipe', () => {
  it('says one after the other and skips blank ones', async () => {
    echo()
    const { exitCode, stdout } = await run(['chat'], 'one\n\n  \ntwo')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ONE!\nTWO!\n' })
    const said = host.calls.filter((call) => call.method === 'chat.send')
    expect(said.map((call) => call.params)).toEqual([
      { conversationId, text: 'one' },
      { conversationId, text: 'two' },
    ])
  })

  it('prints one document per line with --json', async () => {
    echo()
    const { stdout } = await run(['chat', '--json'], 'one\ntwo\n')
    const texts = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).reply.text)
    expect(texts).toEqual(['ONE!', 'TWO!'])
  })

  it('accepts that there are no lines', async () => {
    expect(await run(['chat'], '')).toMatchObject({ exitCode: 0, stdout: '' })
  })
})

describe('chat in a terminal', () => {
  function talk(): CliRun {
    return new CliRun(['chat'], { dataDirectory, terminal: 80, env: { NO_COLOR: '1' } })
  }

  it('sends what is typed at once, and tells of tasks above the line that is being typed', async () => {
    const questions: string[] = []
    let speaking: MessageId | null = null
    host.answer('chat.send', ({ text }) => {
      questions.push(text)
      const question = nextId()
      speaking ??= takeUp(question, text)
      return { messageId: question }
    })
    const running = talk()
    await running.shows(/> /)
    running.type('run the tests\r')
    await until(() => questions.length === 1)
    running.type('and this?\r')
    await until(() => questions.length === 2)

    running.type('half typed')
    await running.shows(/half typed/)
    host.emit('task.created', { taskId, conversationId, task: task('run the tests') })
    await running.shows(/Task started: task_abc123/)
    const card = message({
      role: 'task',
      taskId,
      taskState: 'completed',
      text: 'Task completed ✅ run the tests',
    })
    host.emit('chat.message', card)
    await running.shows(/Task completed ✅ run the tests\n\n> half typed/)
    if (speaking !== null) {
      speak(speaking, 0, 'All green.')
      host.emit('chat.message', message({ messageId: speaking, text: 'All green.' }))
    }
    await running.shows(/All green\.\n\n> half typed/)
    await running.shows(/You can continue chatting\. I'll notify you when done\./)
    running.type('\x03\x03')
    expect(await running.exit).toBe(0)
  })

  it('stops the answer with the first Ctrl+C and quits with the second', async () => {
    let speaking: MessageId | null = null
    host.answer('chat.send', ({ text }) => {
      const question = nextId()
      speaking = takeUp(question, text)
      return { messageId: question }
    })
    host.answer('chat.stop', () => {
      if (speaking) host.emit('chat.message', message({ messageId: speaking, state: 'stopped' }))
      return { stopped: true }
    })
    const running = talk()
    await running.shows(/> /)
    running.type('tell me everything\r')
    await until(() => speaking !== null)
    running.type('\x03')
    await running.shows(/Stopped\. Ctrl\+C again quits\./)
    running.type('\x03')
    expect(await running.exit).toBe(0)
  })

  it('keeps a message that could not be sent on the screen, and quits with Ctrl+D', async () => {
    host.answer('chat.send', () => {
      throw new AppError('limit_exceeded', 'the disk is full')
    })
    const running = talk()
    await running.shows(/> /)
    running.type('important\r')
    await running.shows(/Not sent: the disk is full\. It was: important/)
    running.type('\x04')
    expect(await running.exit).toBe(0)
  })

  it('sends what was typed before the conversation was open', async () => {
    let open: (answer: { conversationId: ConversationId }) => void = () => undefined
    host.answer('chat.create', () => new Promise((resolve) => (open = resolve)))
    echo()
    const running = talk()
    await running.shows(/> /)
    running.type('early\r')
    await until(() => host.calls.length > 0)
    open({ conversationId })
    await running.shows(/EARLY!/)
    running.type('\x04')
    expect(await running.exit).toBe(0)
  })

  it('ends with the reason when there is no such conversation', async () => {
    host.answer('chat.history', () => {
      throw new AppError('not_found', 'there is no conversation conv_9')
    })
    const argv = ['chat', '--conversation', 'conv_9']
    const running = new CliRun(argv, { dataDirectory, terminal: 80 })
    expect(await running.exit).toBe(3)
    expect(running.stderr).toContain('there is no conversation conv_9')
  })

  it('says on leaving what goes on', async () => {
    const running = talk()
    await running.shows(/Type at any time/)
    host.emit('task.created', { taskId, conversationId, task: task('run the tests') })
    await running.shows(/Task started/)
    running.type('\x04')
    expect(await running.exit).toBe(0)
    expect(running.stderr).toContain('Going on in the background: task_abc123')
  })
})
