import { describe, expect, it } from 'vitest'
import { formatMoment } from '../../ui/format.js'
import { endOf, expiryText } from './question-text.js'

describe('the words for a question', () => {
  it('tell how it was settled', () => {
    expect(endOf({ state: 'resolved', answer: 'Blue' })).toBe('Answered: Blue')
    expect(endOf({ state: 'expired' })).toContain('expired')
    expect(endOf({ state: 'cancelled' })).toContain('ended')
  })

  it('tell until when it waits, where it does not wait for ever', () => {
    expect(expiryText({ state: 'open' }, 0)).toBeNull()
    expect(expiryText({ state: 'expired', expiresAt: 5 }, 0)).toBeNull()
    expect(expiryText({ state: 'open', expiresAt: 5 }, 0)).toBe(`until ${formatMoment(5, 0)}`)
  })
})
