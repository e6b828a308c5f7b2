import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_POINTS, Trace } from './trace.js'

it('tells the mean of the processor and the most memory of each span', () => {
  const trace = new Trace()
  trace.add(0, { cpuPercent: 10, memoryBytes: 5 })
  trace.add(500, { cpuPercent: 20, memoryBytes: 3 })
  trace.add(1_000, { cpuPercent: 40, memoryBytes: 4 })
  expect(trace.points).toEqual([
    { at: 0, cpu: 15, memoryBytes: 5 },
    { at: 1_000, cpu: 40, memoryBytes: 4 },
  ])
})

it('stays in bounds, in order, and keeps the highest memory, however long it goes on and whatever the clock does', () => {
  const step = fc.record({
    after: fc.integer({ min: -5_000, max: 4_000 }),
    cpu: fc.integer({ min: 0, max: 100 }),
    memory: fc.integer({ min: 0, max: 1e9 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 2_000 }), (steps) => {
      const trace = new Trace()
      let at = 1_000_000
      for (const { after, cpu, memory } of steps) {
        at += after
        trace.add(at, { cpuPercent: cpu, memoryBytes: memory })
      }
      const { points } = trace
      expect(points.length).toBeLessThanOrEqual(MOST_POINTS + 1)
      expect(points.map((point) => point.at)).toEqual(
        points.map((point) => point.at).toSorted((a, b) => a - b),
      )
      const most = Math.max(0, ...steps.map(({ memory }) => memory))
      expect(Math.max(0, ...points.map((point) => point.memoryBytes))).toBe(most)
    }),
  )
})
