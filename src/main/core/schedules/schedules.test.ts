import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { TaskView } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** The clock of the bench starts at midnight, UTC. */
const midnight = Date.parse('2026-01-01T00:00Z')

let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})

const hourly = (change: Partial<TaskSubmitParams> = {}) =>
  bench.submit({ cron: '0 * * * *', ...change })
const taskOf = (id: TaskId): TaskView => bench.queue.get(id).task
const scheduleOf = (id: TaskId): ScheduleId => {
  const { scheduleId } = taskOf(id)
  if (scheduleId === undefined) throw new Error(`${id} has no schedule`)
  return scheduleId
}
const viewOf = (id: ScheduleId) => bench.queue.schedules.get(id)
/** The run that waits or is under way. */
const currentOf = (id: ScheduleId): TaskId => {
  const { taskId } = viewOf(id)
  if (taskId === null) throw new Error(`${id} has no run`)
  return taskId
}
const pass = (ms: number) => bench.clock.advanceAsync(ms)
async function end(id: TaskId): Promise<void> {
  bench.executor.end(id)
  await bench.settle()
}
async function runOnRequest(id: ScheduleId): Promise<TaskId> {
  const run = bench.queue.schedules.run(id)
  await bench.settle()
  return run
}
const clockTime = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? ms : new Date(ms).toISOString().slice(11, 16)

describe('a recurring task', () => {
  it('waits for its instant, runs, and comes back', async () => {
    const first = await bench.submit({ cron: ' 0  * * * *', description: 'look after it' })
    expect(taskOf(first)).toMatchObject({
      state: 'pending',
      runAt: midnight + HOUR,
      waitingFor: { reason: 'schedule', detail: 'Starts at 2026-01-01T01:00:00.000Z.' },
    })
    const schedule = scheduleOf(first)
    expect(viewOf(schedule)).toEqual({
      scheduleId: schedule,
      cron: '0 * * * *',
      timezone: 'UTC',
      misfire: { policy: 'run_once', maxAgeMs: 24 * HOUR },
      description: 'look after it',
      type: 'command',
      paused: false,
      taskId: first,
      state: 'pending',
      nextRunAt: midnight + HOUR,
      runs: 0,
      createdAt: midnight,
    })
    await pass(HOUR)
    expect(bench.running).toEqual([first])
    expect(viewOf(schedule)).toMatchObject({
      state: 'running',
      nextRunAt: midnight + 2 * HOUR,
      lastRun: { taskId: first, state: 'running', startedAt: midnight + HOUR },
      runs: 1,
    })
    await pass(MINUTE)
    await end(first)
    const second = currentOf(schedule)
    expect(taskOf(second)).toMatchObject({ state: 'pending', runAt: midnight + 2 * HOUR })
    expect(viewOf(schedule)).toMatchObject({
      lastRun: { taskId: first, state: 'completed', completedAt: midnight + HOUR + MINUTE },
      runs: 1,
    })
    await pass(HOUR)
    expect(bench.running).toEqual([second])
    expect(bench.executor.starts).toEqual([first, second])
  })

  it('keeps to the time zone that it names', async () => {
    const id = await bench.submit({ cron: '30 9 * * *', timezone: 'Asia/Kolkata' })
    expect(clockTime(taskOf(id).runAt)).toBe('04:00')
  })

  it('gives each run all that it was submitted with', async () => {
    const given = {
      description: 'say it',
      command: 'echo it',
      priority: 9,
      maxAttempts: 3,
      timeoutMs: 5_000,
      estimatedDuration: 7,
    }
    const first = await hourly({ ...given, misfire: 'skip', idempotencyKey: 'k' })
    await pass(HOUR)
    await end(first)
    const second = currentOf(scheduleOf(first))
    const { workspace } = taskOf(first)
    const { estimatedDuration: _, ...shown } = given
    expect(taskOf(second)).toMatchObject({ ...shown, workspace, runAt: midnight + 2 * HOUR })
    expect(bench.db.prepare('SELECT * FROM tasks WHERE id = ?').get(second)).toMatchObject({
      estimated_duration_s: 7,
      misfire: expect.stringContaining('skip'),
      idempotency_key: null,
    })
  })

  it('is made once for one idempotency key', async () => {
    const id = await hourly({ idempotencyKey: 'k' })
    expect(await hourly({ idempotencyKey: 'k' })).toBe(id)
    await expect(hourly({ idempotencyKey: 'k', timezone: 'UTC' })).rejects.toThrow(/other content/)
    expect(bench.queue.schedules.list()).toHaveLength(1)
  })

  it('comes back after a failure, and between two attempts no other run starts', async () => {
    const first = await hourly({ maxAttempts: 2 })
    await pass(HOUR)
    const error = { code: 'command_failed', message: 'no' } as const
    const fail = { kind: 'failed', error, output: '', retryable: true } as const
    bench.executor.end(first, fail)
    await bench.settle()
    expect(currentOf(scheduleOf(first))).toBe(first)
    await pass(MINUTE)
    bench.executor.end(first, fail)
    await bench.settle()
    expect(taskOf(first).state).toBe('failed')
    expect(clockTime(viewOf(scheduleOf(first)).nextRunAt)).toBe('02:00')
  })

  it('makes no other one when an old run is tried again', async () => {
    const first = await hourly()
    await pass(HOUR)
    await bench.during(bench.queue.cancel(first))
    await bench.settle()
    const second = currentOf(scheduleOf(first))
    bench.queue.retry(first)
    await bench.settle()
    await end(first)
    expect(viewOf(scheduleOf(first))).toMatchObject({ taskId: second, runs: 1 })
    expect(bench.queue.list({ scheduleId: scheduleOf(first), limit: 10 }).tasks).toHaveLength(2)
  })

  it('never overlaps itself: a long run is made up for as its policy says', async () => {
    const runs: Record<string, (string | undefined)[]> = {}
    for (const misfire of ['run_once', 'skip', 'run_all'] as const) {
      const first = await hourly({ misfire })
      const schedule = scheduleOf(first)
      await pass(4.5 * HOUR)
      await end(first)
      runs[misfire] = []
      for (let id = currentOf(schedule); bench.running.includes(id); id = currentOf(schedule)) {
        runs[misfire].push(clockTime(taskOf(id).runAt) ?? undefined)
        await end(id)
      }
      runs[misfire].push(`then ${clockTime(viewOf(schedule).nextRunAt)}`)
      bench.queue.schedules.delete(schedule)
      await pass(30 * MINUTE)
    }
    expect(runs).toEqual({
      run_once: ['02:00', 'then 05:00'],
      skip: ['then 10:00'],
      run_all: ['12:00', '13:00', '14:00', 'then 15:00'],
    })
  })

  it.each([
    ['run_once', '01:00', { scheduledAt: midnight + HOUR, ranAt: midnight + 3.5 * HOUR }],
    ['skip', undefined, undefined],
    ['run_all', '01:00', { scheduledAt: midnight + HOUR, ranAt: midnight + 3.5 * HOUR }],
  ] as const)('under %s, after the host was down for hours', async (misfire, runs, missed) => {
    const first = await hourly({ misfire })
    const schedule = scheduleOf(first)
    await bench.queue.stop()
    await pass(3.5 * HOUR)
    await bench.crash()
    const [running] = bench.running
    expect(clockTime(running === undefined ? undefined : taskOf(running).runAt)).toBe(runs)
    expect(viewOf(schedule).lastRun?.missed).toEqual(missed)
    if (misfire !== 'skip') return
    expect(taskOf(first)).toMatchObject({
      state: 'cancelled',
      error: {
        message: 'missed 2026-01-01T01:00:00.000Z, and was not to run late (misfire: skip)',
      },
    })
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('04:00')
  })

  it('outlives crashes of the host, before and while it runs', async () => {
    const first = await hourly()
    await bench.crash()
    await pass(HOUR)
    expect(bench.running).toEqual([first])
    await bench.crash()
    expect(bench.running).toEqual([first])
    await end(first)
    expect(clockTime(viewOf(scheduleOf(first)).nextRunAt)).toBe('02:00')
  })

  it('runs with the first reading after the machine has slept over its instant', async () => {
    const first = await hourly()
    bench.clock.sleep(3 * HOUR)
    expect(bench.running).toEqual([])
    bench.gauge.show({ cpu: 0, memory: 0 })
    await bench.settle()
    expect(bench.running).toEqual([first])
    expect(taskOf(first).missed).toEqual({
      scheduledAt: midnight + HOUR,
      ranAt: midnight + 3 * HOUR,
    })
  })

  it('does not run an instant again that the clock shows a second time', async () => {
    const first = await hourly()
    await pass(HOUR)
    await end(first)
    bench.clock.setBack(90 * MINUTE)
    await pass(2 * HOUR)
    expect(bench.executor.starts).toEqual([first])
    await pass(HOUR)
    expect(bench.executor.starts).toHaveLength(2)
  })

  it('nor when the clock was set back and it was run on request meanwhile', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    await pass(HOUR)
    await end(first)
    bench.clock.setBack(90 * MINUTE)
    await end(await runOnRequest(schedule))
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('02:00')
  })

  it('nor when the clock is set back while it waits for room', async () => {
    const first = await hourly()
    bench.queue.pause()
    await pass(90 * MINUTE)
    bench.clock.setBack(HOUR)
    bench.queue.resume()
    await bench.settle()
    await end(first)
    expect(clockTime(viewOf(scheduleOf(first)).nextRunAt)).toBe('02:00')
  })
})

describe('steering a recurring task', () => {
  it('ends it with the run that waits for its instant', async () => {
    const id = await hourly()
    const schedule = scheduleOf(id)
    expect(await bench.during(bench.queue.cancel(id))).toBe('cancelled')
    expect(bench.queue.getResult(id)?.error?.message).toBe(
      `cancelled on request, and with it its schedule ${schedule}: it does not run again`,
    )
    expect(bench.queue.schedules.list()).toEqual([])
    expect(() => viewOf(schedule)).toThrow(`schedule ${schedule} is over since`)
    expect(bench.events.at(-2)).toMatchObject({
      name: 'schedule.deleted',
      payload: { scheduleId: schedule },
    })
    await pass(5 * HOUR)
    expect(bench.executor.starts).toEqual([])
    expect(bench.queue.state().pendingCount).toBe(0)
  })

  it('ends only the run that is cancelled while it runs, or after its instant has come', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    await pass(HOUR)
    await bench.during(bench.queue.cancel(first))
    await bench.settle()
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('02:00')
    bench.queue.pause()
    await pass(HOUR)
    const second = currentOf(schedule)
    expect(taskOf(second).waitingFor?.reason).toBe('paused')
    await bench.during(bench.queue.cancel(second))
    await bench.settle()
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('03:00')
    await pass(HOUR)
    expect(taskOf(currentOf(schedule)).waitingFor?.reason).toBe('paused')
  })

  it('pauses: nothing starts, and what passes meanwhile is not made up for', async () => {
    const id = await hourly({ misfire: 'run_all' })
    const schedule = scheduleOf(id)
    expect(bench.queue.schedules.pause(schedule)).toMatchObject({
      paused: true,
      taskId: null,
      state: null,
      nextRunAt: null,
    })
    expect(taskOf(id)).toMatchObject({
      state: 'cancelled',
      error: { message: `its schedule ${schedule} was paused` },
    })
    await bench.crash()
    await pass(3.5 * HOUR)
    expect(bench.queue.schedules.pause(schedule).paused).toBe(true)
    expect(bench.executor.starts).toEqual([])
    expect(clockTime(bench.queue.schedules.resume(schedule).nextRunAt)).toBe('04:00')
    expect(clockTime(bench.queue.schedules.resume(schedule).nextRunAt)).toBe('04:00')
    await pass(HOUR)
    expect(bench.running).toEqual([currentOf(schedule)])
  })

  it('leaves a run alone that has begun, and makes none after it while paused', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    await pass(HOUR)
    expect(bench.queue.schedules.pause(schedule)).toMatchObject({ taskId: first, state: 'running' })
    await end(first)
    expect(viewOf(schedule)).toMatchObject({ taskId: null, runs: 1, nextRunAt: null })
  })

  it('resumes during a run and goes on after it, from the moment of resuming', async () => {
    const first = await hourly({ misfire: 'run_all' })
    const schedule = scheduleOf(first)
    await pass(HOUR)
    bench.queue.schedules.pause(schedule)
    await pass(2.5 * HOUR)
    bench.queue.schedules.resume(schedule)
    expect(currentOf(schedule)).toBe(first)
    await end(first)
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('04:00')
  })

  it('runs at once on request, and the instant to come stays', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    await pass(30 * MINUTE)
    bench.queue.setLimits({ maxConcurrentTasks: 1 })
    const other = await bench.submit()
    expect(bench.queue.schedules.run(schedule)).toBe(first)
    await bench.settle()
    expect(bench.running).toEqual([other, first])
    expect(taskOf(first)).toMatchObject({ runAt: midnight + 30 * MINUTE })
    expect(taskOf(first).missed).toBeUndefined()
    expect(() => bench.queue.schedules.run(schedule)).toThrow(`runs already, as task ${first}`)
    await end(first)
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('01:00')
  })

  it('does the same for task.runNow on the run that waits', async () => {
    const first = await hourly()
    await pass(30 * MINUTE)
    bench.queue.runNow(first)
    await bench.settle()
    await end(first)
    expect(clockTime(viewOf(scheduleOf(first)).nextRunAt)).toBe('01:00')
  })

  it('runs once on request while paused', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    bench.queue.schedules.pause(schedule)
    const run = bench.queue.schedules.run(schedule)
    await bench.settle()
    expect(bench.running).toEqual([run])
    await end(run)
    expect(viewOf(schedule)).toMatchObject({ paused: true, taskId: null, runs: 1 })
  })

  it('deletes: a run that waits is cancelled, one that has begun goes on', async () => {
    const waiting = await hourly()
    bench.queue.schedules.delete(scheduleOf(waiting))
    expect(taskOf(waiting).state).toBe('cancelled')
    const begun = await hourly()
    await pass(HOUR)
    bench.queue.schedules.delete(scheduleOf(begun))
    expect(bench.running).toEqual([begun])
    await end(begun)
    expect(taskOf(begun).state).toBe('completed')
    expect(bench.queue.schedules.list()).toEqual([])
    expect(bench.queue.state().pendingCount).toBe(0)
    expect(() => bench.queue.schedules.delete(scheduleOf(begun))).toThrow(/is over since/)
    expect(() => viewOf('sched_none' as ScheduleId)).toThrow('there is no schedule sched_none')
  })

  it('is left in place when the queue is cleared', async () => {
    const id = await hourly()
    await bench.submit({ runAt: midnight + HOUR })
    expect(bench.queue.clear()).toBe(1)
    expect(currentOf(scheduleOf(id))).toBe(id)
  })

  it('tells of each change, and of the next run in the commit that ended the one before', async () => {
    const first = await hourly()
    await pass(HOUR)
    bench.events.length = 0
    await end(first)
    expect(bench.events.map(({ name }) => name)).toEqual([
      'task.completed',
      'task.created',
      'schedule.changed',
    ])
    expect(bench.events.at(-1)?.payload).toEqual({
      scheduleId: scheduleOf(first),
      schedule: viewOf(scheduleOf(first)),
    })
  })
})

describe('what is damaged', () => {
  const damage = (column: string, value: string) =>
    bench.db.prepare(`UPDATE schedules SET ${column} = ?`).run(value)

  it.each([
    ['template', '{"description": 1}'],
    ['misfire', 'nonsense'],
    ['timezone', 'Mars/Base'],
  ])('is set aside for its %s, and nothing else suffers', async (column, value) => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    damage(column, value)
    const other = await hourly()
    await bench.crash()
    await pass(HOUR)
    expect(bench.running).toEqual([first, other])
    await end(first)
    await end(other)
    expect(bench.queue.schedules.list().map(({ scheduleId }) => scheduleId)).toEqual([
      scheduleOf(other),
    ])
    expect(() => viewOf(schedule)).toThrow(`there is no schedule ${schedule}`)
    expect(
      bench.db.prepare("SELECT row_key FROM quarantine WHERE table_name = 'schedules'").all(),
    ).toEqual([{ row_key: schedule }])
  })

  it('goes on with the next instant when its run cannot be read, or is gone', async () => {
    const first = await hourly()
    const schedule = scheduleOf(first)
    bench.db.prepare("UPDATE tasks SET misfire = 'nonsense' WHERE id = ?").run(first)
    await bench.crash()
    await pass(HOUR)
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('02:00')
    bench.db.prepare('DELETE FROM tasks').run()
    await bench.crash()
    expect(clockTime(viewOf(schedule).nextRunAt)).toBe('02:00')
    await pass(HOUR)
    expect(bench.running).toEqual([currentOf(schedule)])
  })
})

describe('a recurring task is refused', () => {
  const refused: readonly (readonly [Partial<TaskSubmitParams>, RegExp])[] = [
    [{ cron: 'nonsense' }, /cron: "nonsense" cannot be read/],
    [{ cron: '0 0 30 2 *' }, /names no date that ever comes/],
    [{ cron: '* * * * *', timezone: 'Mars/Base' }, /timezone: "Mars\/Base" is not known/],
    [{ cron: '* * * * *', runAt: midnight + HOUR }, /runAt: cannot be used with cron, since/],
    [{ timezone: 'UTC' }, /timezone: needs cron/],
    [{ misfire: 'skip' }, /misfire: needs runAt or cron/],
  ]
  it.each(refused)('for %j', async (change, message) => {
    await expect(bench.submit(change)).rejects.toThrow(message)
    expect(bench.queue.schedules.list()).toEqual([])
  })

  it('with dependencies', async () => {
    const other = await bench.submit()
    await expect(hourly({ dependencies: [other] })).rejects.toThrow(
      /dependencies: cannot be used with cron, since each of its runs starts at its instant/,
    )
    expect(await hourly({ dependencies: [] })).toMatch(/^task_/)
  })
})
