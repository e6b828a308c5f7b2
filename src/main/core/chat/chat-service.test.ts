import { tmpdir } from 'node:os'
import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import {
  call,
  lastBlocks,
  ScriptedModel,
  silence,
} from '../../../../test/support/scripted-model.js'
import { settlePromises } from '../../../../test/support/simulated-clock.js'
import type { ConversationId, MessageId, TaskId } from '../../../shared/model/ids.js'
import { ModelAccess } from '../models/model-access.js'
import { ModelError } from '../models/model-client.js'
import { createProviderGate } from '../models/provider-gate.js'
import { createToolRegistry } from '../tools/tool-registry.js'
import { ChatService } from './chat-service.js'
import { chatTools } from './chat-tools.js'
import { taskCards } from './task-card.js'

let bench: QueueBench
let model: ScriptedModel
let chat: ChatService
let live: string[]

function openChat(): ChatService {
  const { log, clock, ids, logger } = bench
  const gate = createProviderGate({ clock, logger, limit: () => 6 })
  const models = new ModelAccess({ clock, ids, logger, gate, client: async () => model })
  log.subscribe({
    durable: () => undefined,
    live: (event) => {
      if (event.name === 'chat.delta') live.push(`${event.payload.offset}:${event.payload.text}`)
    },
  })
  return new ChatService({
    log,
    clock,
    ids,
    logger,
    models,
    toolsFor: (conversation) =>
      createToolRegistry(chatTools(bench.queue, bench.orchestrator, conversation), { logger }),
    defaultWorkspace: () => tmpdir(),
    mentions: { taskOf: () => undefined, agentsIn: async () => [] },
  })
}

beforeEach(async () => {
  bench = new QueueBench({
    hooks: (ids) => [taskCards(ids).ended],
    created: (ids) => taskCards(ids).created,
  })
  await bench.start()
  model = new ScriptedModel()
  live = []
  chat = openChat()
  chat.start()
})

async function conversation(): Promise<ConversationId> {
  return chat.create({})
}

const page = { beforeOrder: null, limit: 100 }
const said = (id: ConversationId) =>
  chat.history(id, page).messages.map(({ role, state, text }) => `${role} ${state}: ${text}`)

/** Lets real reads of the disk come back as well: turns of the event loop, not of the clock. */
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns++) {
    if (turns === 10_000) expect.fail('what was waited for did not happen')
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await settlePromises()
  await bench.settle()
}

describe('a conversation', () => {
  it('answers with streamed text, and is named after its first message', async () => {
    model.add('Hello there friend.')
    const id = await conversation()
    chat.send(id, 'Hi!\nmore')
    expect(said(id)).toEqual(['user complete: Hi!\nmore', 'assistant streaming: '])
    await settle()
    expect(said(id)).toEqual([
      'user complete: Hi!\nmore',
      'assistant complete: Hello there friend.',
    ])
    expect(live).toEqual(['0:Hello ', '6:there ', '12:friend.'])
    expect(chat.list({ before: null, limit: 10 }).conversations).toMatchObject([
      { title: 'Hi!', busy: false },
    ])
    const names = bench.events.map((event) => event.name)
    expect(names).toEqual(['chat.changed', 'chat.changed', 'chat.message', 'chat.message'])
  })

  it('accepts a message while the assistant speaks, and answers it next', async () => {
    let release: () => void = () => undefined
    model.add(
      () =>
        new Promise((resolve) => {
          release = () => resolve('first answer')
        }),
      'second answer',
      'third answer',
    )
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    chat.send(id, 'two')
    chat.send(id, 'three')
    expect(said(id)).toEqual([
      'user complete: one',
      'assistant streaming: ',
      'user queued: two',
      'user queued: three',
    ])
    release()
    await settle()
    expect(said(id)).toEqual([
      'user complete: one',
      'assistant complete: first answer',
      'user complete: two',
      'assistant complete: second answer',
      'user complete: three',
      'assistant complete: third answer',
    ])
    expect(model.requests[1]?.messages.map((message) => message.role)).toEqual([
      'user',
      'assistant',
      'user',
    ])
  })

  it('never waits for another one', async () => {
    model.add(silence, 'at once')
    const slow = await conversation()
    const quick = await conversation()
    chat.send(slow, 'wait')
    await settle()
    chat.send(quick, 'go')
    await settle()
    expect(said(quick)).toContain('assistant complete: at once')
    expect(said(slow)).toContain('assistant streaming: ')
    await chat.stop()
  })

  it('stops at once, keeps what was said, and goes on with the next message', async () => {
    model.add(async (request) => {
      request.onText?.('I was about to')
      return silence(request)
    }, 'Right.')
    const id = await conversation()
    chat.send(id, 'talk')
    await settle()
    expect(chat.history(id, page).messages[1]?.text).toBe('I was about to')
    expect(chat.stopReply(id)).toBe(true)
    await settle()
    expect(said(id)).toEqual(['user complete: talk', 'assistant stopped: I was about to'])
    expect(chat.stopReply(id)).toBe(false)
    chat.send(id, 'next')
    await settle()
    expect(said(id).at(-1)).toBe('assistant complete: Right.')
  })

  it('says what went wrong, and tries again on request', async () => {
    model.add(new ModelError('the key is wrong', { errorClass: 'permanent' }), 'Better.')
    const id = await conversation()
    chat.send(id, 'hello')
    await settle()
    const failed = chat.history(id, page).messages[1]
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'provider_error', message: 'the key is wrong', retryable: true },
    })
    chat.retry(id, failed?.messageId as MessageId)
    await settle()
    expect(said(id)).toEqual(['user complete: hello', 'assistant complete: Better.'])
    expect(() => chat.retry(id, failed?.messageId as MessageId)).toThrowError(/is complete/)
    expect(() => chat.retry(id, 'msg_none' as MessageId)).toThrowError(/no message/)
  })

  it('tries again however many tasks have reported since, but not past a later message', async () => {
    model.add(new Error('no'), 'Better.', new Error('no'), 'And now?')
    const id = await conversation()
    const failed = async (text: string) => {
      chat.send(id, text)
      await settle()
      const reply = chat.history(id, page).messages.findLast(({ role }) => role === 'assistant')
      expect(reply?.state).toBe('failed')
      return reply?.messageId as MessageId
    }
    const first = await failed('hello')
    bench.queue.pause()
    for (let i = 0; i < 25; i++) {
      const task = await bench.submit({ conversationId: id })
      await bench.during(bench.queue.cancel(task))
    }
    chat.retry(id, first)
    await settle()
    expect(said(id)[1]).toBe('assistant complete: Better.')
    const second = await failed('again')
    chat.send(id, 'well?')
    await settle()
    expect(() => chat.retry(id, second)).toThrowError(/not the last one/)
  })

  it('waits out a passing failure of the provider, and voids what that turn had said', async () => {
    model.add(async (request) => {
      request.onText?.('lost ')
      return new ModelError('overloaded', { errorClass: 'transient' })
    }, 'found')
    const id = await conversation()
    chat.send(id, 'hello')
    await settle()
    await bench.clock.advanceAsync(5_000)
    await settle()
    expect(said(id)).toEqual(['user complete: hello', 'assistant complete: found'])
    expect(live).toEqual(['0:lost ', '0:found'])
  })

  it('can be renamed and deleted, and is not found afterwards', async () => {
    model.add(silence)
    const id = await conversation()
    chat.send(id, 'hello')
    chat.rename(id, 'Mine')
    await settle()
    await chat.delete(id)
    expect(() => chat.history(id, page)).toThrowError(/no conversation/)
    expect(() => chat.send(id, 'x')).toThrowError(/no conversation/)
    expect(bench.events.at(-1)).toMatchObject({ payload: { change: 'deleted', title: 'Mine' } })
  })

  it('takes up nothing more while it is deleted', async () => {
    model.add(silence, 'too late')
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    chat.send(id, 'two')
    await chat.delete(id)
    await settle()
    expect(model.requests).toHaveLength(1)
    expect(chat.isBusy).toBe(false)
  })

  it('gives its history page by page', async () => {
    const id = await conversation()
    for (let i = 0; i < 3; i++) {
      model.add(`answer ${i}`)
      chat.send(id, `question ${i}`)
      await settle()
    }
    const newest = chat.history(id, { beforeOrder: null, limit: 4 })
    expect(newest.messages.map((message) => message.text)).toEqual([
      'question 1',
      'answer 1',
      'question 2',
      'answer 2',
    ])
    const older = chat.history(id, { beforeOrder: newest.nextOrder, limit: 4 })
    expect(older.messages.map((message) => message.text)).toEqual(['question 0', 'answer 0'])
    expect(older.nextOrder).toBeNull()
  })
})

describe('a store that refuses writes for a while', () => {
  const refuseSteps = () =>
    bench.db.exec(`CREATE TEMP TRIGGER no_steps BEFORE INSERT ON agent_steps
                   BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  const acceptSteps = () => bench.db.exec('DROP TRIGGER no_steps')

  it('strands no message that could not be taken up', async () => {
    model.add('first', 'second')
    const id = await conversation()
    refuseSteps()
    chat.send(id, 'one')
    await settle()
    expect(said(id)).toEqual(['user queued: one'])
    acceptSteps()
    await bench.clock.advanceAsync(1_000)
    await settle()
    expect(said(id)).toEqual(['user complete: one', 'assistant complete: first'])
  })

  it('strands no message that waits behind a reply', async () => {
    let answer: () => void = () => undefined
    model.add(
      () =>
        new Promise((resolve) => {
          answer = () => resolve('lost')
        }),
      'second',
    )
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    chat.send(id, 'two')
    refuseSteps()
    answer()
    await settle()
    expect(said(id).slice(1)).toEqual(['assistant failed: lost', 'user queued: two'])
    acceptSteps()
    await bench.clock.advanceAsync(1_000)
    await settle()
    expect(said(id).at(-1)).toBe('assistant complete: second')
  })

  it('does not ask the provider again and again, and tells what went wrong', async () => {
    model.add(() => {
      bench.db.pragma('query_only = 1')
      return 'unstored'
    })
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    await bench.clock.advanceAsync(10_000)
    await settle()
    expect(model.requests).toHaveLength(1)
    bench.db.pragma('query_only = 0')
    await bench.clock.advanceAsync(1_000)
    await settle()
    expect(chat.history(id, page).messages[1]).toMatchObject({
      state: 'failed',
      text: 'unstored',
      error: { code: 'forbidden' },
    })
  })

  it('does not hold up the end of the program', async () => {
    model.add(() => {
      bench.db.pragma('query_only = 1')
      return 'unstored'
    })
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    await chat.stop()
    expect(bench.clock.pendingTimers).toBe(0)
    bench.db.pragma('query_only = 0')
  })
})

describe('a row that is damaged', () => {
  it('hides neither older messages nor other conversations', async () => {
    const other = await conversation()
    const id = await conversation()
    for (const text of ['a', 'b']) {
      model.add(text)
      chat.send(id, text)
      await settle()
    }
    bench.db.exec(`UPDATE messages SET role = 'task', task_state = '?'
      WHERE role = 'user' AND text = 'b'`)
    const newest = chat.history(id, { beforeOrder: null, limit: 2 })
    expect(newest.messages.map((message) => message.text)).toEqual(['b'])
    const older = chat.history(id, { beforeOrder: newest.nextOrder, limit: 2 })
    expect(older.messages.map((message) => message.text)).toEqual(['a', 'a'])
    bench.db.prepare(`UPDATE conversations SET id = 'broken' WHERE id = ?`).run(id)
    const first = chat.list({ before: null, limit: 1 })
    expect(first.conversations).toEqual([])
    expect(chat.list({ before: first.next, limit: 1 }).conversations).toMatchObject([
      { conversationId: other },
    ])
  })
})

describe('a history of very long messages', () => {
  it('comes in pages of a few', async () => {
    const id = await conversation()
    for (let i = 0; i < 6; i++) {
      model.add('ok')
      chat.send(id, `${i}`.repeat(1_000_000))
      await settle()
    }
    const newest = chat.history(id, page)
    expect(newest.messages).toHaveLength(8)
    expect(chat.history(id, { ...page, beforeOrder: newest.nextOrder }).messages).toHaveLength(4)
  })
})

describe('tasks of a conversation', () => {
  const start = call('t1', 'start_task', {
    description: 'list the files',
    type: 'command',
    command: 'ls',
  })

  it('are started by the assistant, which goes on talking', async () => {
    model.add({ text: 'I start that.', calls: [start] }, 'It runs now.')
    const id = await conversation()
    chat.send(id, 'list the files')
    await until(() => !chat.isBusy && bench.running.length === 1)
    const reply = chat.history(id, page).messages[1]
    const [taskId] = bench.running
    expect(reply).toMatchObject({
      text: 'I start that.\n\nIt runs now.',
      activities: [{ tool: 'start_task', summary: 'Started: list the files', offset: 13, taskId }],
    })
    expect(bench.queue.get(taskId as TaskId).task.conversationId).toBe(id)
  })

  it('report back with a card, and the assistant knows of it', async () => {
    model.add({ calls: [start] }, 'Started.', 'I see.')
    const id = await conversation()
    chat.send(id, 'list the files')
    await until(() => !chat.isBusy && bench.running.length === 1)
    bench.executor.end(bench.running[0] as TaskId, { kind: 'completed', output: 'a.txt' })
    await settle()
    const card = chat.history(id, page).messages.at(-1)
    expect(card).toMatchObject({ role: 'task', taskState: 'completed' })
    expect(card?.text).toMatch(/^Task completed ✅ list the files \(task_1, 0 s\)\n\na\.txt$/)
    chat.send(id, 'and?')
    await settle()
    expect(lastBlocks(model)).toMatchObject([
      { text: expect.stringMatching(/^<task-notification task="task_1" state="completed">/) },
      { text: 'and?' },
    ])
  })

  it('are not started twice when a crash hid that they were', async () => {
    model.add({ calls: [start] }, silence)
    const id = await conversation()
    chat.send(id, 'list the files')
    await until(() => bench.running.length === 1)
    expect(bench.queue.list({ limit: 10 }).tasks).toHaveLength(1)
    bench.log.query((db) => db.prepare(`DELETE FROM agent_steps WHERE kind = 'result'`).run())
    await chat.stop()
    await bench.crash()
    model = new ScriptedModel('It runs.')
    chat = openChat()
    chat.start()
    await until(() => !chat.isBusy)
    expect(said(id).at(-2)).toBe('assistant complete: It runs.')
    expect(said(id).at(-1)).toMatch(/^task complete: Task started/)
    expect(bench.queue.list({ limit: 10 }).tasks).toHaveLength(1)
  })

  it('are looked at, cancelled and spoken to by tools, whose errors have a code', async () => {
    bench.queue.pause()
    const taskId = await bench.submit({ type: 'analysis', command: undefined, description: 'look' })
    model.add(
      {
        calls: [
          call('1', 'list_tasks'),
          call('2', 'task_status', { taskId }),
          call('3', 'task_result', { taskId }),
          call('4', 'message_task', { taskId, text: 'hurry' }),
          call('5', 'cancel_task', { taskId }),
          call('6', 'cancel_task', { taskId }),
          call('7', 'task_status', { taskId: 'task_none' }),
          call('8', 'start_task', { description: 'x', type: 'nonsense' }),
        ],
      },
      'ok',
    )
    const id = await conversation()
    chat.send(id, 'go')
    await settle()
    expect(lastBlocks(model)).toMatchObject([
      { content: expect.stringContaining(`"id":"${taskId}"`) },
      { content: expect.stringContaining('"reason":"paused"') },
      { content: 'null' },
      { content: '{"delivered":true}' },
      { content: JSON.stringify({ taskId, state: 'cancelled' }) },
      { content: expect.stringMatching(/^invalid_state: /), isError: true },
      { content: expect.stringMatching(/^not_found: /), isError: true },
      { content: expect.stringMatching(/^invalid_params: /), isError: true },
    ])
  })
})

describe('a restart', () => {
  it('goes on with the reply and the messages that were open', async () => {
    model.add(silence)
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    chat.send(id, 'two')
    await chat.stop()
    expect(said(id).slice(1)).toEqual(['assistant streaming: ', 'user queued: two'])
    model = new ScriptedModel('first', 'second')
    chat = openChat()
    chat.start()
    await settle()
    expect(said(id)).toEqual([
      'user complete: one',
      'assistant complete: first',
      'user complete: two',
      'assistant complete: second',
    ])
  })

  it('still answers when the steps of an earlier reply cannot be read', async () => {
    model.add('first', 'second')
    const id = await conversation()
    chat.send(id, 'one')
    await settle()
    bench.log.query((db) => db.prepare(`UPDATE agent_steps SET payload = '?' WHERE step = 1`).run())
    chat.send(id, 'two')
    await settle()
    expect(said(id).at(-1)).toBe('assistant complete: second')
    expect(model.requests[1]?.messages[1]).toMatchObject({ content: [{ text: 'first' }] })
  })
})
