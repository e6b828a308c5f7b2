import { describe, expect, it } from 'vitest'
import { ScheduleId, TaskId } from '../../../shared/model/ids.js'
import type { ScheduleView } from '../../../shared/model/schedule.js'
import type { HostEvent } from './host-event.js'
import { movesRun, NO_SCHEDULES, oldestFirst, reduceSchedules, schedulesFrom } from './schedules.js'

const scheduleId = ScheduleId.parse('sched_a')
const taskId = TaskId.parse('task_a')
const lastTaskId = TaskId.parse('task_b')

function schedule(change: Partial<ScheduleView> = {}): ScheduleView {
  return {
    scheduleId,
    cron: '0 9 * * *',
    timezone: 'Europe/Berlin',
    misfire: { policy: 'run_once', maxAgeMs: 1000 },
    description: 'Run the tests',
    type: 'command',
    paused: false,
    taskId,
    state: 'pending',
    nextRunAt: 100,
    runs: 0,
    createdAt: 10,
    ...change,
  }
}

function changed(view: ScheduleView, seq: number): HostEvent {
  const params = { scheduleId: view.scheduleId, schedule: view, seq, at: 20 }
  return { name: 'schedule.changed', params }
}

function deleted(seq: number): HostEvent {
  return { name: 'schedule.deleted', params: { scheduleId, seq, at: 30 } }
}

describe('recurring tasks', () => {
  it('follow what the host tells, from the first to the last', () => {
    const made = reduceSchedules(NO_SCHEDULES, changed(schedule(), 1))
    const paused = reduceSchedules(made, changed(schedule({ paused: true, taskId: null }), 2))
    expect(oldestFirst(paused)).toEqual([schedule({ paused: true, taskId: null })])
    expect(oldestFirst(reduceSchedules(paused, deleted(3)))).toEqual([])
    expect(reduceSchedules(NO_SCHEDULES, deleted(3))).toBe(NO_SCHEDULES)
  })

  it('are taken as they were read, and nothing older brings back what was', () => {
    const read = schedulesFrom({ schedules: [schedule({ runs: 4 })], seq: 8 })
    expect(read).toMatchObject({ loaded: true, error: null })
    expect(reduceSchedules(read, changed(schedule(), 8))).toBe(read)
    expect(reduceSchedules(read, deleted(7))).toBe(read)
    expect(oldestFirst(reduceSchedules(read, deleted(9)))).toEqual([])
  })

  it('stand in the order in which they were made', () => {
    const late = schedule({ scheduleId: ScheduleId.parse('sched_b'), createdAt: 30 })
    const state = schedulesFrom({ schedules: [late, schedule()], seq: 1 })
    expect(oldestFirst(state).map(({ createdAt }) => createdAt)).toEqual([10, 30])
  })

  it('are read anew when the run that waited begins, or an earlier one is tried again', () => {
    const lastRun = { taskId: lastTaskId, state: 'failed' } as const
    const state = schedulesFrom({ schedules: [schedule({ lastRun })], seq: 1 })
    const moves = (id: string) =>
      movesRun(state, {
        name: 'task.started',
        params: { taskId: TaskId.parse(id), attempt: 1, seq: 2, at: 3 },
      })
    expect([taskId, lastTaskId, 'task_c'].map(moves)).toEqual([true, true, false])
    expect(movesRun(state, changed(schedule(), 2))).toBe(false)
  })
})
