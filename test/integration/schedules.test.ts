import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScheduleId } from '../../src/shared/model/ids.js'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import type { EventName } from '../../src/shared/rpc/contract.js'
import { CoreBench } from '../support/core-bench.js'
import { clientOf } from '../support/core-client.js'

let bench: CoreBench
let client: RpcClient
beforeEach(async () => {
  bench = await CoreBench.start()
  client = clientOf(bench)
})
afterEach(() => bench.close())

/** Submits a task for New Year's Eve, which no test waits for. */
async function yearly(): Promise<ScheduleId> {
  const { taskId } = await client.call('task.submit', {
    description: 'look back',
    type: 'command',
    command: 'echo it was a good year',
    cron: '0 12 31 12 *',
  })
  const { task } = await client.call('task.get', { taskId })
  return task.scheduleId as ScheduleId
}

describe('recurring tasks over the wire', () => {
  it('are made, looked at, paused, resumed, run and deleted', async () => {
    const scheduleId = await yearly()
    const { schedules, seq } = await client.call('schedule.list', {})
    const { schedule } = await client.call('schedule.get', { scheduleId })
    expect(schedules).toEqual([schedule])
    expect(seq).toBe(bench.core.events.lastSeq())
    expect(schedule).toMatchObject({ scheduleId, timezone: 'UTC', state: 'pending', runs: 0 })
    expect(new Date(schedule.nextRunAt ?? 0).toISOString()).toMatch(/-12-31T12:00:00/)
    expect(bench.core.isIdle()).toBe(false)

    const paused = await client.call('schedule.pause', { scheduleId })
    expect(paused.schedule).toMatchObject({ paused: true, taskId: null, nextRunAt: null })
    expect(bench.core.isIdle()).toBe(true)
    const resumed = await client.call('schedule.resume', { scheduleId })
    expect(resumed.schedule).toMatchObject({ paused: false, nextRunAt: schedule.nextRunAt })

    const { taskId } = await client.call('schedule.run', { scheduleId })
    const result = await client.call('task.result', { taskId, waitMs: 60_000 })
    expect(result?.output).toBe('it was a good year\n')
    const after = await client.call('schedule.get', { scheduleId })
    expect(after.schedule).toMatchObject({
      runs: 1,
      lastRun: { taskId, state: 'completed' },
      nextRunAt: schedule.nextRunAt,
    })
    const runs = await client.call('task.list', { scheduleId })
    expect(runs.tasks.map(({ state }) => state)).toEqual(['pending', 'completed', 'cancelled'])

    expect(await client.call('schedule.delete', { scheduleId })).toEqual({ scheduleId })
    await expect(client.call('schedule.get', { scheduleId })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await client.call('schedule.list', {})).toMatchObject({ schedules: [] })
    expect(bench.core.isIdle()).toBe(true)
  })

  it('are told of by id', async () => {
    const scheduleId = await yearly()
    await yearly()
    const heard: EventName[] = []
    client.onEvent((name) => heard.push(name))
    await client.call('events.subscribe', { topics: [scheduleId], sinceSeq: 0 })
    await client.call('schedule.pause', { scheduleId })
    await client.call('schedule.delete', { scheduleId })
    expect(heard).toEqual(['schedule.changed', 'schedule.changed', 'schedule.deleted'])
  })

  it('run by themselves, again and again, also after a restart', async () => {
    const completed = (schedule: ScheduleId) =>
      bench.heard(
        (event) =>
          event.name === 'schedule.changed' &&
          event.payload.scheduleId === schedule &&
          event.payload.schedule.lastRun?.state === 'completed',
      )
    const { taskId } = await client.call('task.submit', {
      description: 'tick',
      type: 'command',
      command: 'true',
      cron: '* * * * * *',
    })
    const { task } = await client.call('task.get', { taskId })
    const scheduleId = task.scheduleId as ScheduleId
    await completed(scheduleId)
    await bench.restart()
    client = clientOf(bench)
    const { schedule } = await client.call('schedule.get', { scheduleId })
    await completed(scheduleId)
    const later = await client.call('schedule.get', { scheduleId })
    expect(later.schedule.runs).toBeGreaterThan(schedule.runs)
  })

  it.each([
    [{ cron: 'often' }, /cron: "often" cannot be read/],
    [{ cron: '0 0 30 2 *' }, /names no date that ever comes/],
    [{ cron: '0 9 * * *', timezone: 'Berlin' }, /timezone: "Berlin" is not known/],
    [{ cron: '0 9 * * *', runAt: '2031-01-01T00:00:00Z' }, /runAt: cannot be used with cron/],
    [{ timezone: 'UTC' }, /timezone: needs cron/],
  ])('are refused for %j', async (change, message) => {
    const submit = client.call('task.submit', { description: 'x', type: 'analysis', ...change })
    await expect(submit).rejects.toMatchObject({
      code: 'invalid_params',
      message: expect.stringMatching(message),
    })
  })

  it('refuse an id that is not theirs', async () => {
    const unknown = client.call('schedule.pause', { scheduleId: 'sched_none' as ScheduleId })
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
    const wrong = client.call('schedule.get', { scheduleId: 'task_1' as ScheduleId })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_params' })
  })
})
