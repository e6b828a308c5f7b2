import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Notification } from '../../src/shared/model/notification.js'
import { CoreBench } from '../support/core-bench.js'
import { call } from '../support/scripted-model.js'
import { finishes, TeamCast } from '../support/team-cast.js'

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start()
})
afterEach(() => bench.close())

const kept = (): Notification[] =>
  bench.core.notifications.page({ unread: false, before: Number.MAX_SAFE_INTEGER, limit: 100 })
    .notifications
const told = (kind: Notification['kind']) =>
  bench.heard(
    (event) => event.name === 'notification.created' && event.payload.notification.kind === kind,
  )

it('tells of a real task how it ended and what came out, once, also across a restart', async () => {
  const ended = told('completed')
  const { id } = await bench.run({ command: 'echo All is well', description: 'look around' })
  await ended
  const expected = [{ kind: 'completed', title: 'Done: look around', taskId: id, readAt: null }]
  expect(kept()).toMatchObject(expected)
  await bench.restart()
  const failed = told('failed')
  await bench.run({ command: 'exit 3', description: 'fails' })
  await failed
  expect(kept().slice(1)).toMatchObject(expected)
  expect(bench.core.queue.get(id).task.notify).toBeUndefined()
})

it('tells after a start what ended while the program was closing', async () => {
  const { id } = await bench.run({ command: 'true', description: 'quick' })
  expect(kept()).toEqual([])
  await bench.restart()
  if (kept().length === 0) await told('completed')
  expect(kept()).toMatchObject([{ title: 'Done: quick', taskId: id }])
})

it('lets a question of a silent task through, and settles it when it is answered', async () => {
  const cast = new TeamCast(bench.model)
  cast.plays('a', ({ turn, heard }) =>
    turn === 0
      ? { calls: [call('ask', 'ask_person', { question: 'Which port?', kind: 'sync' })] }
      : finishes(heard),
  )
  const asked = told('question')
  const id = await bench.submit({
    ...{ type: 'agent_execution', description: 'work of a', agentType: 'a', notify: 'silent' },
  })
  await asked
  const [question] = kept()
  expect(question).toMatchObject({ body: 'Which port?', needsAnswer: true, taskId: id })
  if (question?.blockerId === undefined) return expect.fail('it says not which question')
  const settled = bench.heard(({ name }) => name === 'notification.updated')
  bench.core.blockers.answer(question.blockerId, '80')
  await settled
  await bench.resultOf(id)
  expect(kept()).toMatchObject([{ kind: 'question', settledAt: expect.any(Number), actions: [] }])
})

it('keeps how much is told with the task', async () => {
  const notify = { strategy: 'verbose', throttleMs: 0 } as const
  const id = await bench.submit({ command: 'true', notify })
  expect(bench.core.queue.get(id).task.notify).toEqual(notify)
  const other = await bench.submit({ command: 'true', notify: 'milestone' })
  expect(bench.core.queue.get(other).task.notify).toEqual({ strategy: 'milestone' })
})
