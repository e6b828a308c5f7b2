import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { type DesktopState, NO_STATE } from '../desktop/desktop-state.js'
import { callsPerson, taskbarView } from './taskbar-view.js'

function working(...progress: number[]): DesktopState {
  const running = progress.map((done, index) => ({
    id: TaskId.parse(`task_${index}`),
    description: 'work',
    progress: done,
    isPart: false,
  }))
  return { ...NO_STATE, isConnected: true, runningCount: running.length, running }
}

describe('the taskbar', () => {
  it('shows the mean of what runs, something unknown before that, and nothing without', () => {
    expect(taskbarView(working(50, 0, 25)).progress).toBe(0.25)
    expect(taskbarView(working(33.333)).progress).toBe(0.33)
    expect(taskbarView(working(0, 0)).progress).toBe('unknown')
    expect(taskbarView(working()).progress).toBe('none')
  })

  it('claims nothing about a host that is away', () => {
    expect(taskbarView({ ...working(50), isConnected: false }).progress).toBe('none')
  })

  it('calls a person who looks elsewhere when something new holds up work', () => {
    const view = (answers: number, total = answers) =>
      taskbarView({ ...working(10), waits: { answers, failures: 0, total } })
    expect(callsPerson(view(0), view(1), false)).toBe(true)
    expect(callsPerson(view(0), view(1), true)).toBe(false)
    expect(callsPerson(view(2), view(1), false)).toBe(false)
    expect(callsPerson(view(1), view(1, 4), false)).toBe(false)
    expect(view(1, 4).badge).toBe(4)
  })
})
