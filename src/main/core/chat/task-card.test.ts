import { tmpdir } from 'node:os'
import { beforeEach, expect, it } from 'vitest'
import { ChatBench } from '../../../../test/support/chat-bench.js'
import { call } from '../../../../test/support/scripted-model.js'
import type { ConversationId, TaskId } from '../../../shared/model/ids.js'

let bench: ChatBench
let id: ConversationId

beforeEach(async () => {
  bench = await ChatBench.start()
  id = await bench.chat.create({})
})

const start = {
  calls: [
    call('1', 'start_task', { description: 'list the files', type: 'command', command: 'ls' }),
  ],
}
const cards = (conversation: ConversationId) =>
  bench.messages(conversation).filter(({ role }) => role === 'task')

async function end(taskId: TaskId): Promise<void> {
  bench.bench.executor.end(taskId)
  await bench.settle()
}

it('stands where the task began, and is changed by its end', async () => {
  await bench.talk(id, 'list', start, 'It runs.')
  const [card] = cards(id)
  expect(card).toMatchObject({
    taskState: 'pending',
    text: expect.stringContaining('Task started'),
  })
  await bench.talk(id, 'hello', 'hi')
  await end(card?.taskId as TaskId)
  expect(bench.messages(id).map(({ role }) => role)).toEqual([
    'user',
    'assistant',
    'task',
    'user',
    'assistant',
  ])
  expect(cards(id)).toMatchObject([
    { messageId: card?.messageId, order: card?.order, taskState: 'completed' },
  ])
})

it('tells the assistant of the end where that happened, and of nothing before', async () => {
  await bench.talk(id, 'list', start, 'It runs.')
  await bench.talk(id, 'hello', 'hi')
  const texts = () =>
    bench.model.requests
      .at(-1)
      ?.messages.flatMap(({ content }) =>
        content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
      )
  expect(texts()).toEqual(['list', 'It runs.', 'hello'])
  await end(cards(id)[0]?.taskId as TaskId)
  await bench.talk(id, 'and?', 'done')
  expect(texts()).toEqual([
    'list',
    'It runs.',
    'hello',
    'hi',
    expect.stringContaining('<task-notification'),
    'and?',
  ])
})

it('is one in each branch, and each hears of the end', async () => {
  await bench.talk(id, 'list', start, 'It runs.')
  const [card] = cards(id)
  const branch = bench.chat.branch(id, card?.messageId as NonNullable<typeof card>['messageId'])
  await end(card?.taskId as TaskId)
  expect(cards(branch)).toMatchObject([{ taskId: card?.taskId, taskState: 'completed' }])
  await bench.talk(branch, 'and?', 'done')
  expect(JSON.stringify(bench.model.requests.at(-1)?.messages)).toContain('task-notification')
  const later = bench.chat.branch(id, card?.messageId as NonNullable<typeof card>['messageId'])
  await bench.talk(later, 'and here?', 'done')
  expect(JSON.stringify(bench.model.requests.at(-1)?.messages)).toContain('task-notification')
})

it('comes with the end where the task comes back', async () => {
  const workspace = tmpdir()
  const taskId = await bench.bench.during(
    bench.bench.queue.submit({
      description: 'good morning',
      type: 'command',
      command: 'echo hi',
      cron: '30 9 * * *',
      workspace,
      conversationId: id,
    }),
  )
  expect(cards(id)).toEqual([])
  bench.bench.queue.runNow(taskId)
  await bench.settle()
  await end(taskId)
  expect(cards(id)).toMatchObject([{ taskId, taskState: 'completed' }])
})
