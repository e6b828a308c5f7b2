import { expect, it } from 'vitest'
import { ModelError } from './model-client.js'
import { ModelHealth } from './model-health.js'

type Details = ConstructorParameters<typeof ModelError>[1]
const permanent = 'permanent'

it.each<[what: string, details: Details, reason: string, remedy: RegExp]>([
  ['no key', { errorClass: permanent, about: 'apiKey' }, 'key', /valid key/],
  ['a refused key', { errorClass: permanent, about: 'apiKey', status: 401 }, 'key', /valid key/],
  ['no credit', { errorClass: permanent, about: 'apiKey', status: 402 }, 'billing', /credit/],
  ['no access', { errorClass: permanent, about: 'model', status: 403 }, 'request', /a model/],
  ['no such model', { errorClass: permanent, about: 'model', status: 404 }, 'request', /a model/],
  ['a wrong path', { errorClass: permanent, about: 'baseUrl', status: 404 }, 'unreachable', /URL/],
  ['another server', { errorClass: permanent, about: 'baseUrl' }, 'unreachable', /base URL/],
  ['a network that is down', { errorClass: 'transient' }, 'unreachable', /network/],
])('gives the remedy for %s', (_what, details, reason, remedy) => {
  const health = new ModelHealth(
    () => 1,
    () => 'one',
  )
  health.failed(new ModelError('It failed.', details))
  expect(health.trouble).toMatchObject({ reason, remedy: expect.stringMatching(remedy) })
})

it('ends with settings that the model is asked with, and only with those', () => {
  let identity = 'one'
  const health = new ModelHealth(
    () => 1,
    () => identity,
  )
  health.failed(new ModelError('It failed.', { errorClass: permanent }))
  health.settingsChanged()
  expect(health.trouble).not.toBeNull()
  identity = 'another'
  health.settingsChanged()
  expect(health.trouble).toBeNull()
})
