import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NotifyBench } from '../../../../test/support/notify-bench.js'
import { NotificationId } from '../../../shared/model/ids.js'
import { countQuarantined } from '../store/queries/quarantine.js'
import { GATHER_MS } from './decide.js'
import { RETRY_MS } from './standing.js'

let bench: NotifyBench
beforeEach(() => {
  bench = new NotifyBench()
})
afterEach(() => bench.close())

const soon = () => bench.clock.advance(200)
const later = () => bench.clock.advance(GATHER_MS)
const verbose = { strategy: 'verbose', minProgressDelta: 10, throttleMs: 0 } as const

describe('an end', () => {
  it('is told with where it leads and what can be done', () => {
    const [done, failed] = [bench.task(), bench.task()]
    bench.end(done)
    soon()
    bench.end(failed, 'failed')
    later()
    expect(bench.told).toMatchObject([
      {
        ...{ kind: 'completed', title: 'Done: task 1', place: { kind: 'task', taskId: done } },
        actions: [{ kind: 'open' }, { kind: 'dismiss' }],
      },
      {
        ...{ kind: 'failed', title: 'Failed: task 2', body: 'it went wrong' },
        actions: [{ kind: 'retry' }, { kind: 'open' }, { kind: 'dismiss' }],
      },
    ])
    expect(bench.list.counts()).toEqual({ unread: 2, waiting: 0 })
  })

  it('is not told of a silent task, nor of one that a person cancelled', () => {
    bench.end(bench.task({ strategy: 'silent' }), 'failed')
    bench.end(bench.task(), 'cancelled', 'cancelled')
    later()
    expect(bench.told).toEqual([])
  })

  it('of a tree is told once, when all of it is over', () => {
    const root = bench.task()
    const [one, other] = [bench.task(null, root), bench.task(null, root)]
    bench.end(one, 'failed')
    bench.end(root)
    later()
    expect(bench.told).toEqual([])
    bench.end(other)
    later()
    bench.begin(one)
    bench.end(one)
    later()
    expect(bench.titles()).toEqual(['Done: task 1'])
  })

  it('is withdrawn when the task is tried again, and told anew', () => {
    const id = bench.task()
    bench.end(id, 'failed')
    soon()
    bench.begin(id)
    soon()
    expect(bench.kept).toMatchObject([{ actions: [], settledAt: expect.any(Number) }])
    bench.end(id)
    later()
    expect(bench.titles()).toEqual(['Failed: task 1', 'Done: task 1'])
  })

  it('together with many others is one sentence that leads to the list, and grows', () => {
    const ids = Array.from({ length: 5 }, () => bench.task())
    for (const id of ids) bench.end(id)
    soon()
    bench.end(bench.task(), 'failed')
    later()
    expect(bench.told).toMatchObject([
      { kind: 'summary', title: '5 tasks completed', place: { kind: 'tasks' }, count: 5 },
    ])
    expect(bench.kept).toMatchObject([
      { title: '6 tasks ended', body: '5 completed · 1 failed', count: 6 },
    ])
    bench.clock.advance(60_000)
    bench.end(bench.task())
    soon()
    expect(bench.titles()).toEqual(['5 tasks completed', 'Done: task 7'])
  })

  it('of ten thousand tasks at once costs a bounded number of notifications', () => {
    bench.endMany(10_000)
    bench.clock.advance(3 * GATHER_MS)
    expect(bench.told).toHaveLength(1)
    expect(bench.kept).toMatchObject([{ count: 10_000 }])
  })
})

describe('progress', () => {
  it('has one place in the list, and gives way to the end', () => {
    const id = bench.task(verbose)
    for (const progress of [10, 20, 25, 30]) {
      bench.progress(id, progress)
      soon()
    }
    expect(bench.titles()).toEqual(['10%: task 1', '20%: task 1', '30%: task 1'])
    expect(bench.kept.map(({ title }) => title)).toEqual(['30%: task 1'])
    bench.end(id)
    soon()
    expect(bench.kept.map(({ title }) => title)).toEqual(['Done: task 1'])
  })

  it('that came too early is told when its time has come, also after a restart', () => {
    const id = bench.task({ ...verbose, throttleMs: 5000 })
    bench.progress(id, 10)
    soon()
    bench.progress(id, 40)
    soon()
    expect(bench.titles()).toEqual(['10%: task 1'])
    bench.restart()
    bench.clock.advance(5000)
    expect(bench.titles()).toEqual(['10%: task 1', '40%: task 1'])
    expect(bench.clock.pendingTimers).toBe(0)
  })

  it('is not held up by a clock that was set back', () => {
    const id = bench.task({ ...verbose, throttleMs: 5000 })
    bench.progress(id, 10)
    soon()
    bench.progress(id, 20)
    soon()
    bench.clock.setBack(3_600_000)
    bench.progress(id, 30)
    soon()
    expect(bench.titles()).toEqual(['10%: task 1', '30%: task 1'])
  })

  it('of a task below another one is not told', () => {
    bench.prefer(verbose)
    const child = bench.task(null, bench.task())
    bench.progress(child, 50)
    soon()
    expect(bench.told).toEqual([])
  })
})

describe('quiet hours', () => {
  it('and the wish of the system keep things to the list, but no question', () => {
    bench.prefer({ quietHours: { from: '00:00', to: '02:00' }, sound: true })
    bench.end(bench.task())
    bench.ask(bench.task({ strategy: 'silent' }))
    soon()
    expect(bench.told).toMatchObject([
      { kind: 'question', quiet: false, sound: false, needsAnswer: true },
      { kind: 'completed', quiet: true, sound: false },
    ])
    bench.prefer({ quietHours: null })
    bench.isDisturbed = true
    later()
    bench.end(bench.task())
    soon()
    bench.prefer({ respectDoNotDisturb: false })
    later()
    bench.end(bench.task())
    soon()
    expect(bench.told.slice(2)).toMatchObject([{ quiet: true }, { quiet: false, sound: true }])
  })
})

describe('the system', () => {
  it('is asked whether it may be disturbed when there is something to tell, and only then', async () => {
    bench.isDisturbed = null
    bench.asksForQuiet = true
    const [one, other] = [bench.task(), bench.task({ strategy: 'silent' })]
    bench.progress(one, 5)
    bench.end(other)
    await bench.clock.advanceAsync(GATHER_MS)
    expect(bench.asked).toBe(0)
    bench.end(one)
    bench.ask(other)
    await bench.clock.advanceAsync(GATHER_MS)
    expect(bench.asked).toBe(1)
    expect(bench.told).toMatchObject([
      { kind: 'question', quiet: false, sound: false },
      { kind: 'completed', quiet: true, sound: false },
    ])
  })

  it('is not asked in quiet hours, nor for a person who does not mind', async () => {
    bench.isDisturbed = null
    bench.prefer({ quietHours: { from: '00:00', to: '02:00' } })
    bench.end(bench.task())
    await bench.clock.advanceAsync(GATHER_MS)
    bench.prefer({ quietHours: null, respectDoNotDisturb: false })
    bench.end(bench.task())
    await bench.clock.advanceAsync(GATHER_MS)
    expect(bench.told).toMatchObject([{ quiet: true }, { quiet: false }])
    expect(bench.asked).toBe(0)
  })
})

describe('a question', () => {
  it('offers its answers, and is withdrawn when it is answered anywhere', () => {
    const asked = bench.ask(bench.task())
    soon()
    expect(bench.told).toMatchObject([
      {
        ...{ title: 'A question about “task 1”', body: 'Which port?' },
        place: { kind: 'question', blockerId: asked.id },
        actions: [
          { kind: 'answer', label: '80' },
          { kind: 'answer', label: '8080' },
          { kind: 'open' },
        ],
      },
    ])
    expect(bench.list.counts()).toEqual({ unread: 1, waiting: 1 })
    expect(() => bench.list.delete([bench.told[0]?.id ?? expect.fail()])).toThrow(/waits for an/)
    expect(bench.list.delete(undefined)).toBe(0)
    bench.answer(asked)
    soon()
    expect(bench.kept).toMatchObject([{ actions: [], settledAt: expect.any(Number) }])
    expect(bench.list.counts()).toEqual({ unread: 0, waiting: 0 })
  })

  it('of checks that nobody could mend says so', () => {
    bench.ask(bench.task(), { source: 'checks', options: ['a', 'b', 'c', 'd'] })
    soon()
    expect(bench.told).toMatchObject([
      { title: 'Checks do not pass: task 1', actions: [{ kind: 'open' }] },
    ])
  })

  it('that was answered while nobody listened is not asked', () => {
    bench.notifier.stop()
    bench.answer(bench.ask(bench.task()))
    bench.restart()
    soon()
    expect(bench.told).toEqual([])
  })
})

it('asks for the approval of a plan until somebody decides', () => {
  const taskId = bench.task({ strategy: 'silent' })
  const plan = bench.propose(taskId, ['Look', 'Build'])
  soon()
  expect(bench.told).toMatchObject([
    {
      ...{ kind: 'approval', title: 'A plan waits for you: task 1', body: '2 parts: Look · Build' },
      actions: [{ kind: 'approve' }, { kind: 'reject' }, { kind: 'open' }],
      ...{ needsAnswer: true, planId: plan.id, place: { kind: 'task', taskId } },
    },
  ])
  bench.decide(plan)
  soon()
  expect(bench.kept).toMatchObject([{ actions: [], settledAt: expect.any(Number) }])
})

it('does not tell what an agent does by itself', () => {
  const id = bench.task({ strategy: 'verbose', minProgressDelta: 0 })
  bench.db
    .prepare(
      `INSERT INTO agent_work (task_id, agent, kind, state) VALUES (?, 1, 'mail', 'current')`,
    )
    .run(id)
  bench.progress(id, 50)
  soon()
  bench.end(id, 'failed')
  later()
  expect(bench.told).toEqual([])
})

it('speaks the language of the person', () => {
  bench.preferences = { ...bench.preferences, language: 'de' }
  bench.end(bench.task())
  soon()
  bench.preferences = { ...bench.preferences, language: 'zh-hant' }
  for (let index = 0; index < 3; index++) bench.end(bench.task())
  later()
  expect(bench.titles()).toEqual(['Fertig: task 1', '3 項工作已完成'])
})

it('tells nothing of the past to who was never told anything', () => {
  bench.end(bench.task())
  bench.notifier.stop()
  bench.db.exec(`DELETE FROM settings WHERE key = 'notify'`)
  bench.restart()
  later()
  expect(bench.told).toEqual([])
})

it('tells after a crash what has happened since the very first start', () => {
  bench.end(bench.task())
  bench.restart()
  soon()
  expect(bench.titles()).toEqual(['Done: task 1'])
})

it('forgets what it said of a task that was removed', () => {
  const id = bench.task()
  bench.end(id)
  soon()
  bench.log.transaction(({ db, emit }) => {
    db.prepare('DELETE FROM tasks WHERE id = ?').run(id)
    emit('task.removed', { taskIds: [id] })
  })
  soon()
  expect(bench.kept).toEqual([])
  expect(bench.db.prepare('SELECT count(*) FROM notify_tasks').pluck().get()).toBe(0)
})

it('goes on beside a damaged task and a damaged notification', () => {
  const [one, other] = [bench.task(), bench.task()]
  bench.db.exec(`UPDATE tasks SET conversation_id = 'nonsense' WHERE id = '${one}'`)
  bench.end(one)
  bench.end(other)
  soon()
  expect(bench.titles()).toEqual(['Done: task 2'])
  bench.db.exec(`UPDATE notifications SET actions = '['`)
  bench.begin(other)
  soon()
  expect(bench.kept).toEqual([])
  expect(countQuarantined(bench.db)).toBe(2)
})

it('marks as read and as unread, some or all', () => {
  for (let index = 0; index < 2; index++) bench.end(bench.task())
  soon()
  const [first] = bench.kept
  if (first === undefined) return expect.fail('nothing was told')
  const gone = NotificationId.parse('ntf_gone')
  expect(bench.list.read([gone, first.id], true)).toEqual({ changed: 1, missing: [gone] })
  expect(bench.list.read([first.id], true)).toEqual({ changed: 0, missing: [] })
  expect(bench.list.counts().unread).toBe(1)
  expect(bench.list.read([first.id], false)).toMatchObject({ changed: 1 })
  expect(() => bench.list.read(undefined, false)).toThrow(/name those/)
  expect(bench.list.read(undefined, true)).toEqual({ changed: 2, missing: [] })
  expect(bench.list.delete(undefined)).toBe(2)
  expect(bench.events.slice(-2)).toMatchObject([
    { name: 'notification.read', payload: { notificationIds: null, counts: { unread: 0 } } },
    { name: 'notification.deleted', payload: { notificationIds: null } },
  ])
})

describe('what the store refuses', () => {
  const refuse = (change: string, when: string) =>
    bench.db.exec(
      `CREATE TEMP TRIGGER refused BEFORE ${change} WHEN ${when} BEGIN SELECT RAISE(ABORT, 'no'); END`,
    )
  const allow = () => bench.db.exec('DROP TRIGGER refused')
  const retry = () => bench.clock.advance(RETRY_MS)
  const nothingMore = () => {
    const before = bench.titles()
    bench.clock.advance(4 * RETRY_MS)
    expect(bench.titles()).toEqual(before)
    expect(bench.clock.pendingTimers).toBe(0)
  }

  it('of one end holds up no other, and comes at the retry, once', () => {
    const [one, other] = [bench.task(), bench.task()]
    refuse('INSERT ON notifications', `NEW.task_id = '${one}'`)
    bench.end(one)
    bench.end(other)
    soon()
    expect(bench.titles()).toEqual(['Done: task 2'])
    allow()
    later()
    expect(bench.titles()).toEqual(['Done: task 2'])
    retry()
    expect(bench.titles()).toEqual(['Done: task 2', 'Done: task 1'])
    nothingMore()
  })

  it('of one fact holds up no other, and comes at the retry, once, also after a restart', () => {
    const [one, other] = [bench.task(verbose), bench.task(verbose)]
    refuse('INSERT ON notifications', `NEW.task_id = '${one}'`)
    bench.ask(one)
    bench.progress(one, 20)
    bench.progress(other, 30)
    bench.ask(other)
    soon()
    const others = ['30%: task 2', 'A question about “task 2”']
    expect(bench.titles()).toEqual(others)
    allow()
    bench.restart()
    soon()
    expect(bench.titles()).toEqual(others)
    retry()
    expect(bench.titles()).toEqual([...others, 'A question about “task 1”', '20%: task 1'])
    nothingMore()
  })

  it('of progress that has become due holds up no other', () => {
    const tasks = [bench.task({ ...verbose, throttleMs: 1000 }), bench.task(verbose)]
    const [one = expect.fail(), other = expect.fail()] = tasks
    bench.progress(one, 10)
    soon()
    bench.progress(one, 20)
    soon()
    refuse('INSERT ON notifications', `NEW.task_id = '${one}'`)
    bench.clock.advance(1000)
    bench.progress(other, 30)
    soon()
    bench.end(other)
    soon()
    const before = ['10%: task 1', '30%: task 2', 'Done: task 2']
    expect(bench.titles()).toEqual(before)
    allow()
    retry()
    expect(bench.titles()).toEqual([...before, '20%: task 1'])
    nothingMore()
  })

  it('when ends are told together is told of each, and of the rest a moment later', () => {
    const ids = Array.from({ length: 5 }, () => bench.task())
    refuse('INSERT ON notifications', `NEW.kind = 'summary'`)
    for (const id of ids) bench.end(id)
    soon()
    expect(bench.titles()).toEqual(['Done: task 1', 'Done: task 2', 'Done: task 3'])
    later()
    expect(bench.titles().slice(3)).toEqual(['Done: task 4', 'Done: task 5'])
    nothingMore()
  })

  it('again at the retry is left out, and said in the log', () => {
    const [one, other] = [bench.task(), bench.task()]
    refuse('INSERT ON notifications', `NEW.task_id = '${one}'`)
    bench.ask(one)
    bench.end(one)
    soon()
    retry()
    bench.end(other)
    soon()
    expect(bench.titles()).toEqual(['Done: task 2'])
    nothingMore()
    const leftOut = bench.logger.messages('error')
    expect(leftOut).toEqual(['a notification is left out', 'a notification is left out'])
  })

  it('whatever it is, is tried again as a whole', () => {
    const [one, other] = [bench.task(verbose), bench.task()]
    refuse('INSERT ON settings', `NEW.key = 'notify'`)
    bench.progress(one, 20)
    bench.end(other)
    soon()
    expect(bench.titles()).toEqual([])
    allow()
    bench.ask(one)
    soon()
    expect(bench.titles()).toEqual([])
    retry()
    expect(bench.titles()).toEqual(['20%: task 1', 'A question about “task 1”', 'Done: task 2'])
    nothingMore()
  })

  it('is not told when it is over by then', () => {
    const one = bench.task()
    refuse('INSERT ON notifications', `NEW.kind = 'question'`)
    const asked = bench.ask(one)
    bench.end(one, 'failed')
    soon()
    bench.answer(asked)
    allow()
    soon()
    retry()
    expect(bench.titles()).toEqual(['Failed: task 1'])
  })

  it('of a task that was tried again and has ended anew leaves its new end as it is', () => {
    const one = bench.task()
    bench.end(one, 'failed')
    soon()
    refuse('UPDATE ON notifications', 'TRUE')
    bench.begin(one)
    soon()
    allow()
    bench.clock.advance(1)
    bench.end(one)
    later()
    retry()
    expect(bench.titles()).toEqual(['Failed: task 1', 'Done: task 1'])
    expect(bench.kept.at(-1)).toMatchObject({ title: 'Done: task 1', settledAt: null })
  })
})
