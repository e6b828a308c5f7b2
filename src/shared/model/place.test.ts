import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkTo, Place, parseHash, parseLink } from './place.js'

describe('a link', () => {
  it.each([
    ['smart-agents://task/task_1a', { kind: 'task', taskId: 'task_1a' }],
    ['SMART-AGENTS://task/task_1a/', { kind: 'task', taskId: 'task_1a' }],
    ['smart-agents://conversation/conv_9', { kind: 'conversation', conversationId: 'conv_9' }],
    ['smart-agents://question/blk_9', { kind: 'question', blockerId: 'blk_9' }],
    ['smart-agents://inbox', { kind: 'inbox' }],
    ['smart-agents://tasks', { kind: 'tasks' }],
    ['smart-agents://history', { kind: 'history', query: '' }],
    ['smart-agents://history/', { kind: 'history', query: '' }],
    ['smart-agents://history?q=', { kind: 'history', query: '' }],
    ['smart-agents://history?q=npm%20test+%2B', { kind: 'history', query: 'npm test +' }],
    ['smart-agents://history?q=%E6%B8%AC%E8%A9%A6', { kind: 'history', query: '測試' }],
    ['smart-agents://settings', { kind: 'settings', section: null }],
    ['smart-agents://settings/notifications', { kind: 'settings', section: 'notifications' }],
  ])('%s leads somewhere', (address, expected) => {
    expect(parseLink(address)).toEqual(expected)
  })

  it.each([
    '',
    'smart-agents:',
    'smart-agents://',
    'smart-agents:///task/task_1',
    'smart-agents:task/task_1',
    'smart-agents://task',
    'smart-agents://task/',
    'smart-agents://task/task_1/cancel',
    'smart-agents://task/task_1?run=1',
    'smart-agents://task/task_1#x',
    'smart-agents://task/../settings',
    'smart-agents://task/task_1%2F..',
    'smart-agents://task/conv_1',
    'smart-agents://task/task_1 --data-dir=/',
    'smart-agents://task/task_1\n',
    'smart-agents://user:secret@task/task_1',
    'smart-agents://task:80/task_1',
    'smart-agents://Task/task_1',
    'smart-agents://cancel/task_1',
    'smart-agents://__proto__/task_1',
    'smart-agents://history?q=a&q=b',
    'smart-agents://history?q=a&x=b',
    'smart-agents://history?query=a',
    'smart-agents://history?q=%',
    'smart-agents://history?q=%00',
    'smart-agents://history?q=%0d%0a',
    'smart-agents://history/task_1',
    'smart-agents://inbox/question',
    'smart-agents://inbox?x',
    'smart-agents://tasks/task_a',
    `smart-agents://history?q=${'a'.repeat(501)}`,
    `smart-agents://task/task_${'1'.repeat(5000)}`,
    'smart-agents://settings/<script>',
    'smart-agents://settings/Model',
    'javascript:alert(1)',
    'https://task/task_1',
    'file:///etc/passwd',
    ' smart-agents://task/task_1',
  ])('%j leads nowhere', (address) => {
    expect(parseLink(address)).toBeNull()
  })

  it('of any text is a place or nothing, and never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((rest) => `smart-agents://${rest}`),
      fc.string({ unit: 'binary' }).map((rest) => `smart-agents://history?q=${rest}`),
    )
    fc.assert(
      fc.property(text, (address) => {
        const place = parseLink(address)
        if (place !== null) expect(Place.parse(place)).toEqual(place)
      }),
    )
  })

  it('is written so that it leads to the same place', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => !/\p{Cc}/u.test(text))
    fc.assert(
      fc.property(words, (query) => {
        expect(parseLink(linkTo({ kind: 'history', query }))).toEqual({ kind: 'history', query })
      }),
    )
    for (const link of [
      'task/task_1',
      'conversation/conv_1',
      'question/blk_1',
      'settings',
      'settings/model',
      'inbox',
    ]) {
      const place = parseLink(`smart-agents://${link}`)
      expect(place && linkTo(place)).toBe(`smart-agents://${link}`)
    }
  })
})

describe('the address of a page', () => {
  it('leads to the same places', () => {
    expect(parseHash('#/task/task_1')).toEqual({ kind: 'task', taskId: 'task_1' })
    expect(parseHash('#/history?q=a')).toEqual({ kind: 'history', query: 'a' })
  })

  it.each(['', '#', '#/', '#token=abc', '#task/task_1'])('%j leads nowhere', (hash) => {
    expect(parseHash(hash)).toBeNull()
  })
})
