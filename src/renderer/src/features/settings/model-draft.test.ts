import { expect, it } from 'vitest'
import { changesOf } from './model-draft.js'

it.each([
  [{}, 'anthropic', { provider: 'anthropic' }],
  [{ apiKey: ' k ' }, 'offline', { provider: 'offline' }],
  [{ apiKey: '  ', model: '' }, 'anthropic', { provider: 'anthropic', model: null }],
  [
    { apiKey: ' k ', baseUrl: ' http://x ', model: 'm' },
    'anthropic',
    { provider: 'anthropic', apiKey: 'k', baseUrl: 'http://x', model: 'm' },
  ],
] as const)('of %j with %s', (draft, provider, change) => {
  expect(changesOf(draft, provider)).toEqual(change)
})
