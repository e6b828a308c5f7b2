import { expect, it } from 'vitest'
import { ProcessUse } from './process-use.js'

const end = { exitCode: 0, signal: null, endedBy: 'itself', durationMs: 900 } as const

it('adds up what runs side by side, and keeps the most', () => {
  const use = new ProcessUse()
  const [one, other] = [use.begin(), use.begin()]
  one.sample({ memoryBytes: 10, cpuPercent: 30, processes: 1 })
  other.sample({ memoryBytes: 5, cpuPercent: 20, processes: 1 })
  one.end({ ...end, peakMemoryBytes: 10 })
  expect(use.now).toEqual({ memoryBytes: 5, cpuPercent: 20 })
  expect(use.peak).toEqual({ memoryBytes: 15, cpuPercent: 50 })
})

it('does not know the processor use of one that was too quick for a sample', () => {
  const use = new ProcessUse()
  use.begin().end({ ...end, peakMemoryBytes: 5 })
  expect(use.peak).toEqual({ memoryBytes: 5, cpuPercent: null })
})
