import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../src/main/core/models/model-client.js'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { InboxItem, InboxKind } from '../../src/shared/model/inbox.js'
import { CoreBench } from '../support/core-bench.js'
import { call } from '../support/scripted-model.js'
import { finishes, TeamCast } from '../support/team-cast.js'

let bench: CoreBench
let cast: TeamCast
beforeEach(async () => {
  bench = await CoreBench.start()
  cast = new TeamCast(bench.model)
})
afterEach(() => bench.close())

const items = (...kinds: InboxKind[]): InboxItem[] =>
  bench.core.inbox.list(kinds.length === 0 ? undefined : kinds).items
const ids = () => items().map(({ id }) => id)
const failing = { command: 'exit 3', description: 'fails' }
const agent = (name: string) =>
  ({ type: 'agent_execution', description: `work of ${name}`, agentType: name }) as const
const changed = () => bench.heard(({ name }) => name === 'inbox.changed')
const counted = (total: number) =>
  bench.heard((event) => event.name === 'inbox.changed' && event.payload.counts.total === total)

describe('failed tasks', () => {
  it('wait until they are looked at, also across a restart', async () => {
    const told = counted(1)
    const { id } = await bench.run(failing)
    await told
    expect(items()).toMatchObject([
      {
        ...{ id: `failure:${id}`, kind: 'failure', title: 'fails', taskId: id },
        error: { code: 'command_failed' },
        actions: ['retry', 'open', 'dismiss'],
      },
    ])
    await bench.restart()
    expect(ids()).toEqual([`failure:${id}`])
    const emptied = counted(0)
    expect(bench.core.inbox.dismiss([`failure:${id}`])).toBe(1)
    await emptied
    expect(bench.core.inbox.dismiss([`failure:${id}`])).toBe(0)
    await bench.restart()
    expect(items()).toEqual([])
  })

  it('leave when they are tried again, and come back when they fail again', async () => {
    const { id } = await bench.run(failing)
    const emptied = counted(0)
    bench.core.queue.pause()
    bench.core.queue.retry(id)
    await emptied
    expect(items()).toEqual([])
    const back = counted(1)
    bench.core.queue.resume()
    await back
    expect(ids()).toEqual([`failure:${id}`])
  })

  it('do not count below a lead, nor those that were cancelled', async () => {
    const parent = await bench.submit({ command: 'sleep 30' })
    await bench.run({ ...failing, parentId: parent })
    await bench.core.queue.cancel(parent)
    expect(items()).toEqual([])
  })
})

describe('questions', () => {
  it('wait in the inbox until they are answered anywhere, and cannot be dismissed', async () => {
    cast.plays('a', ({ turn, heard }) =>
      turn === 0
        ? { calls: [call('ask', 'ask_person', { question: 'Which port?', kind: 'sync' })] }
        : finishes(heard),
    )
    const asked = counted(1)
    const id = await bench.submit(agent('a'))
    await asked
    const [item] = items('question')
    if (item?.kind !== 'question') return expect.fail('nobody has asked')
    expect(item).toMatchObject({ title: 'Which port?', taskId: id, blocker: { kind: 'sync' } })
    expect(() => bench.core.inbox.dismiss([item.id])).toThrow(/needs an answer/)
    const emptied = counted(0)
    bench.core.blockers.answer(item.blocker.id, '80')
    await emptied
    await bench.resultOf(id)
  })
})

describe('the model', () => {
  it('is told when it refuses the key, with what to do, until it answers or the settings change', async () => {
    cast.plays('a', () => {
      throw new ModelError('The key is not valid.', { errorClass: 'permanent', status: 401 })
    })
    const told = changed()
    const { id } = await bench.run(agent('a'))
    await told
    expect(items('model')).toMatchObject([
      {
        ...{ id: 'model:key', title: 'The key is not valid.', actions: ['settings', 'dismiss'] },
        trouble: { reason: 'key', remedy: expect.stringContaining('settings') },
      },
    ])
    await bench.core.settings.change({ model: 'another' })
    expect(ids()).toEqual([`failure:${id}`])
  })
})

it('refuses ids that are none', () => {
  for (const id of ['task_1', 'failure:mail_1', 'sadness:task_1', 'mail:x', ':']) {
    expect(() => bench.core.inbox.dismiss([id])).toThrow(/is no item of an inbox/)
  }
})

it('shows what holds up work before what does not', async () => {
  const failed = await bench.run(failing)
  cast.plays('a', ({ turn, heard }) =>
    turn === 0
      ? { calls: [call('ask', 'ask_person', { question: 'Which port?', kind: 'sync' })] }
      : finishes(heard),
  )
  const asked = counted(2)
  const id: TaskId = await bench.submit(agent('a'))
  await asked
  expect(items().map(({ kind, taskId }) => [kind, taskId])).toEqual([
    ['question', id],
    ['failure', failed.id],
  ])
  await bench.core.queue.cancel(id)
  expect(ids()).toEqual([`failure:${failed.id}`])
})
