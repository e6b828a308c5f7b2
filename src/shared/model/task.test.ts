import { expect, it } from 'vitest'
import { tookMs } from './task.js'

const ended = { type: 'command', startedAt: 1_000, completedAt: 3_601_000 } as const

it('counts of an ended task only the time in which it ran', () => {
  expect(tookMs({ ...ended, runningMs: 20_000 })).toBe(20_000)
  expect(tookMs({ ...ended, type: 'orchestration', runningMs: 20_000 })).toBe(3_600_000)
})

it('says nothing of one that never ran or has not ended', () => {
  expect(tookMs({ type: 'command', completedAt: 5, runningMs: 0 })).toBeNull()
  expect(tookMs({ type: 'command', startedAt: 5, runningMs: 0 })).toBeNull()
})

it('is short after a clock was set back, and not negative', () => {
  expect(tookMs({ ...ended, completedAt: 500 })).toBe(0)
})
