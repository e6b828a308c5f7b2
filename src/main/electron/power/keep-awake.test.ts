import { expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '../../../shared/model/preferences.js'
import { NO_STATE } from '../desktop/desktop-state.js'
import { KeepAwake, wantsAwake } from './keep-awake.js'

it('is wanted while something runs and the person wants it', () => {
  const preferences = { ...DEFAULT_PREFERENCES, keepAwake: true }
  const busy = { ...NO_STATE, isConnected: true, runningCount: 1, preferences }
  expect(wantsAwake(busy)).toBe(true)
  expect(wantsAwake({ ...busy, runningCount: 0 })).toBe(false)
  expect(wantsAwake({ ...busy, isConnected: false })).toBe(false)
  expect(wantsAwake({ ...busy, preferences: DEFAULT_PREFERENCES })).toBe(false)
})

it('holds one blocker at a time and lets it go at once', () => {
  const calls: string[] = []
  const awake = new KeepAwake({
    start: (kind) => calls.push(`start ${kind}`),
    stop: (id) => calls.push(`stop ${id}`) > 0,
  })
  awake.set(false)
  awake.set(true)
  awake.set(true)
  awake.set(false)
  awake.set(false)
  expect(calls).toEqual(['start prevent-app-suspension', 'stop 1'])
})
