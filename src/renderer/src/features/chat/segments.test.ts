import { describe, expect, it } from 'vitest'
import { segmentsOf } from './segments.js'

function activity(offset: number, summary: string) {
  return { tool: 'start_task', summary, offset, isError: false }
}

describe('segments of a reply', () => {
  it('are cut where the tools were used', () => {
    const activities = [activity(6, 'b'), activity(3, 'a'), activity(6, 'c')]
    const segments = segmentsOf({ text: 'one two', activities })
    expect(segments.map((one) => [one.text, one.activities.map((two) => two.summary)])).toEqual([
      ['one', ['a']],
      [' tw', ['b', 'c']],
      ['o', []],
    ])
  })

  it('hold an activity that comes before or after all text', () => {
    const segments = segmentsOf({ text: 'ab', activities: [activity(0, 'a'), activity(99, 'z')] })
    expect(segments.map((one) => one.text)).toEqual(['', 'ab', ''])
  })
})
