import { describe, expect, it } from 'vitest'
import { draftAfterSending } from './drafts.js'

describe('the draft after a message was accepted', () => {
  it('is empty, or what was typed behind the message', () => {
    expect(draftAfterSending('hello', 'hello')).toBe('')
    expect(draftAfterSending('hello and more', 'hello')).toBe(' and more')
    expect(draftAfterSending('hello\nnext', 'hello')).toBe('next')
  })

  it('stays where the field was changed meanwhile', () => {
    expect(draftAfterSending('hullo', 'hello')).toBe('hullo')
  })
})
