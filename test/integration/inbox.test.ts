import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../src/main/core/models/model-client.js'
import type { TaskId } from '../../src/shared/model/ids.js'
import type { InboxItem, InboxKind } from '../../src/shared/model/inbox.js'
import { CoreBench } from '../support/core-bench.js'
import { GitRepository } from '../support/git-repository.js'
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
  bench.core.inbox.list({ kinds: kinds.length === 0 ? undefined : kinds }).items
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
    const both = [`failure:${id}`, 'failure:task_none']
    expect(bench.core.inbox.dismiss(both)).toEqual({ dismissed: 1, missing: [both[1]] })
    await emptied
    expect(bench.core.inbox.dismiss(both)).toEqual({ dismissed: 0, missing: both })
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

  it('is told when there is no key', async () => {
    await bench.close()
    bench = await CoreBench.start({ model: 'by settings' })
    await bench.core.settings.change({ provider: 'anthropic' })
    await bench.run({ type: 'agent_execution', description: 'work', agentType: 'worker' })
    expect(items('model')).toMatchObject([{ trouble: { reason: 'key' } }])
  })

  it('stays when a setting changes that it is not asked with', async () => {
    cast.plays('a', () => {
      throw new ModelError('The key is not valid.', { errorClass: 'permanent', status: 401 })
    })
    await bench.run(agent('a'))
    await bench.core.settings.change({ preferences: { theme: 'dark' } })
    expect(items('model')).toMatchObject([{ id: 'model:key' }])
    await bench.core.settings.change({ apiKey: 'sk-another' })
    expect(items('model')).toEqual([])
  })
})

describe('a plan', () => {
  const propose = async () => {
    cast.plays('lead', ({ turn, heard }) =>
      turn === 0
        ? {
            calls: [
              call('plan', 'run_plan', {
                goal: 'the goal',
                parts: [{ key: 'a', title: 'A', description: 'do a', agent: 'a' }],
              }),
            ],
          }
        : finishes(heard),
    )
    const proposed = counted(1)
    const lead = { type: 'orchestration', agentType: 'lead', planApproval: 'ask' } as const
    const id = await bench.submit({ ...lead, description: 'lead it' })
    await proposed
    return id
  }

  it('hides nothing else when its lead cannot be read', async () => {
    const id = await propose()
    const failed = await bench.run(failing)
    const db = new Database(join(bench.folder, 'smart-agents.db'))
    db.exec(`UPDATE tasks SET input = '{' WHERE id = '${id}'`)
    db.close()
    expect(ids()).toEqual([`failure:${failed.id}`])
  })

  it('waits with its parts until it is approved anywhere', async () => {
    cast.plays('a', () => finishes('done a'))
    const id = await propose()
    await bench.restart()
    const [item] = items('plan')
    if (item?.kind !== 'plan') return expect.fail('there is no plan')
    expect(item).toMatchObject({ taskId: id, title: 'the goal', plan: { parts: [{ key: 'a' }] } })
    expect(() => bench.core.inbox.dismiss([item.id])).toThrow(/needs an answer/)
    const emptied = counted(0)
    bench.core.plans.approve(item.plan.id)
    await emptied
    await bench.resultOf(id)
  })
})

describe('changes', () => {
  it('wait until they are decided about, or are put off until they change again', async () => {
    new GitRepository(bench.workspace)
    const write = call('w', 'write_file', { path: 'b.txt', content: 'new' })
    cast.plays('a', ({ turn }) => (turn === 0 ? { calls: [write] } : finishes('written')))
    const told = counted(1)
    const id = await bench.submit(agent('a'))
    await told
    expect(items('change')).toMatchObject([
      {
        ...{ id: `change:${id}`, title: 'work of a', worktree: { state: 'ready' } },
        actions: ['apply', 'open', 'branch', 'discard', 'dismiss'],
      },
    ])
    const emptied = counted(0)
    bench.core.inbox.dismiss([`change:${id}`])
    await emptied
    await bench.restart()
    expect(items()).toEqual([])
    // Somebody works on in the folder: what is there now was not seen.
    const later = `updated_at_ms = updated_at_ms + 3600000`
    await bench.tamper(`UPDATE worktrees SET ${later} WHERE task_id = '${id}'`)
    expect(ids()).toEqual([`change:${id}`])
    await bench.core.changes.apply(id)
    expect(items()).toEqual([])
  })
})

describe('mail', () => {
  it('waits until it is read, which to dismiss it means too', async () => {
    await bench.core.agents.create({ sessionId: 's', agentId: 'writer' }, false, {})
    const letter = {
      sessionId: 's',
      from: 'writer',
      to: 'user',
      subject: 'Hello',
      body: 'Read me.',
    }
    const told = counted(2)
    const first = bench.core.mail.send(letter)
    const second = bench.core.mail.send({ ...letter, subject: 'Again' })
    await told
    expect(items('mail')).toMatchObject([
      { id: `mail:${second}`, title: 'Again', sessionId: 's', mail: { body: 'Read me.' } },
      { id: `mail:${first}` },
    ])
    const emptied = counted(0)
    bench.core.mail.ack(first)
    expect(bench.core.inbox.dismiss([`mail:${second}`]).dismissed).toBe(1)
    await emptied
    expect(bench.core.mail.thread(second)).toMatchObject([{ state: 'handled' }])
  })
})

describe('to dismiss', () => {
  it('reaches mails beyond those that are shown', async () => {
    await bench.core.agents.create({ sessionId: 's', agentId: 'writer' }, false, {})
    const letter = { sessionId: 's', from: 'writer', to: 'user', body: 'Read me.' }
    const mails = Array.from({ length: 205 }, (_, n) =>
      bench.core.mail.send({ ...letter, subject: `Number ${n}` }),
    )
    expect(items('mail')).toHaveLength(200)
    expect(bench.core.inbox.dismiss(mails.map((id) => `mail:${id}`)).dismissed).toBe(205)
    expect(items('mail')).toEqual([])
  })

  it('leaves what was not named, and keeps nothing of what is not there', async () => {
    cast.plays('a', () => {
      throw new ModelError('The key is not valid.', { errorClass: 'permanent', status: 401 })
    })
    const { id } = await bench.run(agent('a'))
    const none = ['model:quota', `change:${id}`, `stalled:${id}`, 'question:blk_1', 'plan:x']
    expect(bench.core.inbox.dismiss(none)).toEqual({ dismissed: 0, missing: none })
    expect(items('model')).toMatchObject([{ id: 'model:key' }])
    const db = new Database(join(bench.folder, 'smart-agents.db'))
    expect(db.prepare('SELECT count(*) FROM inbox_seen').pluck().get()).toBe(0)
    db.close()
    expect(bench.core.inbox.dismiss(['model:key', 'model:key']).dismissed).toBe(1)
    expect(items('model')).toEqual([])
  })
})

describe('a stalled task', () => {
  it('waits until it shows a sign of life, ends, or is left alone', async () => {
    const started = bench.heard(({ name }) => name === 'task.started')
    const id = await bench.submit({ command: 'sleep 30', description: 'sleeps' })
    await started
    const stalled = (sinceMs: number) =>
      `UPDATE tasks SET state = 'running', stalled_since_ms = ${sinceMs} WHERE id = '${id}'`
    // As the watchdog leaves it; to wait for it takes minutes.
    const db = new Database(join(bench.folder, 'smart-agents.db'))
    db.exec(stalled(1_000))
    expect(items('stalled')).toMatchObject([{ id: `stalled:${id}`, since: 1_000, taskId: id }])
    expect(bench.core.inbox.dismiss([`stalled:${id}`]).dismissed).toBe(1)
    expect(items()).toEqual([])
    db.exec(stalled(Date.now() + 60_000))
    expect(ids()).toEqual([`stalled:${id}`])
    db.close()
    await bench.core.queue.cancel(id)
    expect(items()).toEqual([])
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
  const { items: first, counts } = bench.core.inbox.list({ limit: 1 })
  expect(first).toMatchObject([{ kind: 'question' }])
  expect(counts.total).toBe(2)
  await bench.core.queue.cancel(id)
  expect(ids()).toEqual([`failure:${failed.id}`])
})
