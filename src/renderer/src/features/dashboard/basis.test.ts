import { describe, expect, it } from 'vitest'
import { dashboard as text } from '../../text/en/dashboard.js'
import { costGap, throughputBasis } from './basis.js'
import { figureText } from './figure-text.js'

const write = figureText('en-US', 'UTC', 'day')

describe('how many tasks were completed', () => {
  const basis = (completed: number, busy: number) =>
    throughputBasis(
      {
        ended: {
          ...{ completed, failed: 0, cancelled: 0, successRate: null },
          perHour: busy === 0 ? null : (completed / busy) * 3600,
        },
        time: { serial: busy, busy, saved: 0, parallelism: null, mostRunning: 1 },
      },
      text,
      write,
    )

  it('is told of the time in which tasks ran until that is an hour, and then of each hour', () => {
    expect(basis(0, 0)).toBe('No task ran.')
    expect(basis(10, 120)).toBe('in 2m in which tasks ran')
    expect(basis(10, 3599)).toBe('in 59m 59s in which tasks ran')
    expect(basis(10, 2 * 3600)).toBe('5 per hour in which tasks ran')
  })
})

it('says why there is no cost', () => {
  expect(costGap({ turns: 0, unpricedTokens: 0 }, text)).toBe('No model was called.')
  expect(costGap({ turns: 3, unpricedTokens: 0 }, text)).toBe('Nothing was spent.')
  expect(costGap({ turns: 3, unpricedTokens: 7 }, text)).toBe('no known price')
})
