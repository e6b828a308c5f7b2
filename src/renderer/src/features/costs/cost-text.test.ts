import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../ui/format.js'
import { spentText, todayOf, unpricedText } from './cost-text.js'

describe('what models cost', () => {
  it('is tokens and money, and tokens alone where nothing has a price', () => {
    expect(spentText({ tokens: 1200, costUsd: 0.125, unpricedTokens: 0 })).toBe(
      `${formatNumber(1200)} tokens, $0.125`,
    )
    expect(spentText({ tokens: 7, costUsd: 0, unpricedTokens: 7 })).toBe('7 tokens')
  })

  it('says what the money does not cover', () => {
    expect(unpricedText({ tokens: 9, costUsd: 1, unpricedTokens: 0 })).toBeNull()
    expect(unpricedText({ tokens: 9, costUsd: 1, unpricedTokens: 1 })).toBe(
      '1 token of models without a known price',
    )
  })

  it('is of the day in UTC', () => {
    const day = { tokens: 5, costUsd: 0, unpricedTokens: 0 }
    const days = [{ ...day, day: '2026-03-01' }]
    expect(todayOf(days, Date.UTC(2026, 2, 1, 23))).toEqual(days[0])
    expect(todayOf(days, Date.UTC(2026, 2, 2)).tokens).toBe(0)
  })
})
