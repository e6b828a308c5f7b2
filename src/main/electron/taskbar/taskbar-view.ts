import { type DesktopState, meanProgress } from '../desktop/desktop-state.js'

/** What dock and taskbar show of the work. */
export interface TaskbarView {
  /** 0 to 1, or what stands for "something, but nobody knows how much" and "nothing". */
  readonly progress: number | 'unknown' | 'none'
  readonly isPaused: boolean
  /** How much waits for the person; 0 shows nothing. */
  readonly badge: number
  /** How much of it holds up work. */
  readonly answers: number
}

const STEPS = 100

export function taskbarView(state: DesktopState): TaskbarView {
  const isWorking = state.isConnected && state.runningCount > 0
  const mean = meanProgress(state)
  return {
    // Rounded, so that a change of it can be seen.
    progress: isWorking ? (mean === null ? 'unknown' : Math.round(STEPS * mean) / STEPS) : 'none',
    isPaused: state.isPaused,
    badge: state.waits.total,
    answers: state.waits.answers,
  }
}

/** Whether to call a person who looks elsewhere: something new waits for them. */
export function callsPerson(before: TaskbarView, now: TaskbarView, isFocused: boolean): boolean {
  return !isFocused && now.answers > before.answers
}
