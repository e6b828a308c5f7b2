import { describe, expect, it } from 'vitest'
import { ReplyText } from './reply-text.js'

describe('ReplyText', () => {
  it('shows each piece once, whatever is heard twice', () => {
    const reply = new ReplyText()
    expect(reply.add(0, 'One ')).toBe('One ')
    expect(reply.add(0, 'One ')).toBe('')
    expect(reply.add(2, 'e two')).toBe('two')
    expect(reply.complete('One two')).toBe('')
  })

  it('shows at the end what was missed in between', () => {
    const reply = new ReplyText()
    reply.add(0, 'One ')
    expect(reply.add(9, 'three')).toBe('')
    expect(reply.complete('One two, three')).toBe('two, three')
  })

  it('marks the place from which a reply begins again', () => {
    const reply = new ReplyText()
    reply.add(0, 'I will look at the tests.')
    expect(reply.add(0, 'I shall see.')).toBe('\n…\nshall see.')
    expect(reply.add(12, ' Done.')).toBe(' Done.')
    expect(reply.complete('I shall see. Done.')).toBe('')
  })
})
