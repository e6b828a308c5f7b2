import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TaskId } from '../../../shared/model/ids.js'
import { earlierEnvironment } from './process-executor.js'

const result = (text: string) => ({
  id: 'task_0123456789abcdef' as TaskId,
  description: text,
  success: false,
  output: text,
})

it('says nothing of earlier tasks where there are none', () => {
  expect(earlierEnvironment([])).toEqual({})
})

it('hands over valid JSON that fits into one variable, whatever and however many there are', () => {
  const text = fc.constantFrom('plain ', '語', '\u0001', '"\\').map((part) => part.repeat(10_000))
  fc.assert(
    fc.property(text, fc.constantFrom(1, 7, 1000), (output, count) => {
      const variable = earlierEnvironment(Array.from({ length: count }, () => result(output)))
      const json = variable.SMART_AGENTS_DEPENDENCY_RESULTS ?? ''
      expect(Buffer.byteLength(json)).toBeLessThan(128 * 1024)
      expect(JSON.parse(json)).toHaveLength(count)
    }),
    { numRuns: 20 },
  )
})
