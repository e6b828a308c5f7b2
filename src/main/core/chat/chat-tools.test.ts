import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { ConversationId } from '../../../shared/model/ids.js'
import { insertConversation } from '../store/queries/conversations.js'
import { chatTools } from './chat-tools.js'

const id = 'conv_1' as ConversationId

it('start_task with cron makes a task that comes back, once for one call', async () => {
  const bench = new QueueBench()
  await bench.start()
  const workspace = tmpdir()
  insertConversation(bench.db, { id, title: 't', titledBy: 'program', workspace, createdAtMs: 0 })
  const tool = chatTools(bench.queue, bench.orchestrator, { id, workspace }).find(
    ({ name }) => name === 'start_task',
  )
  const input = tool?.input.parse({
    description: 'say good morning',
    type: 'command',
    command: 'echo good morning',
    cron: '30 9 * * 1-5',
    timezone: 'Europe/Berlin',
    misfire: 'skip',
  })
  expect(tool?.summarize(input)).toBe('Scheduled: say good morning')
  const signal = new AbortController().signal
  const context = { callId: 'c1', workspace, signal } as Parameters<
    NonNullable<typeof tool>['run']
  >[1]
  const run = async () => tool?.run(input, context)
  const outcome = await bench.during(run())
  const [schedule] = bench.queue.schedules.list()
  expect(JSON.parse(String(outcome?.content))).toEqual({
    taskId: schedule?.taskId,
    scheduleId: schedule?.scheduleId,
    firstRun: '2026-01-01T08:30:00.000Z',
  })
  expect(await bench.during(run())).toEqual(outcome)
  expect(bench.queue.list({ limit: 10 }).tasks).toMatchObject([{ conversationId: id }])
})

it('start_task waits for the end where asynchronous tasks are switched off', async () => {
  const bench = new QueueBench()
  await bench.start()
  const workspace = tmpdir()
  insertConversation(bench.db, { id, title: 't', titledBy: 'program', workspace, createdAtMs: 0 })
  const tools = chatTools(bench.queue, bench.orchestrator, { id, workspace }, { asyncTasks: false })
  const tool = tools.find(({ name }) => name === 'start_task')
  const input = tool?.input.parse({ description: 'work', type: 'command', command: 'true' })
  const context = { callId: 'c1', workspace, signal: new AbortController().signal } as Parameters<
    NonNullable<typeof tool>['run']
  >[1]
  let isAnswered = false
  const answer = tool?.run(input, context).finally(() => {
    isAnswered = true
  })
  while (bench.running.length === 0) await bench.settle()
  const [taskId] = bench.running
  expect(isAnswered).toBe(false)
  bench.executor.end(taskId ?? expect.fail(), { kind: 'completed', output: 'done' })
  await bench.settle()
  expect(JSON.parse(String((await answer)?.content))).toMatchObject({
    taskId,
    result: { success: true, output: 'done' },
  })
})
