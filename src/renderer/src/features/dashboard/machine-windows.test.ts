import { expect, it } from 'vitest'
import { machineWindows } from './machine-windows.js'

it('takes the mean of each window, and leaves gaps where nothing was measured', () => {
  const points = [
    { at: 1_000, cpu: 10, memory: 40 },
    { at: 1_500, cpu: 30, memory: null },
    { at: 2_999, cpu: 50, memory: 60 },
    // Outside of the span.
    { at: 4_000, cpu: 99, memory: 99 },
    { at: 999, cpu: 99, memory: 99 },
  ]
  expect(machineWindows(points, { from: 1_000, to: 4_000 }, 3)).toEqual([
    { at: 1_000, cpu: 20, memory: 40 },
    { at: 2_000, cpu: 50, memory: 60 },
    { at: 3_000, cpu: null, memory: null },
  ])
})
