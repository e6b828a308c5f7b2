import { LLMock } from '@copilotkit/aimock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CoreBench } from '../support/core-bench.js'
import { refusal, WireServer } from '../support/wire-server.js'

const never = new AbortController().signal

let bench: CoreBench
beforeEach(async () => {
  bench = await CoreBench.start({ model: 'by settings' })
})
afterEach(() => bench.close())

it('answers for a provider that works, and keeps nothing of what was tried', async () => {
  const provider = new LLMock({ port: 0, host: '127.0.0.1' })
  await provider.start()
  try {
    provider.on({}, { content: 'ok' })
    const tried = {
      provider: 'anthropic',
      apiKey: 'sk-tried-canary',
      baseUrl: provider.url,
      model: 'tried-model',
    } as const
    const answer = await bench.core.testModel(tried, never)
    expect(answer).toMatchObject({ ok: true, model: 'tried-model' })
    expect(bench.core.settings.view().model).toMatchObject({ provider: 'offline', hasKey: false })
    expect(JSON.stringify(bench.logger)).not.toContain('canary')
  } finally {
    await provider.stop()
  }
})

it('asks the server that is named, also where the offline model is set', async () => {
  await using server = await WireServer.start()
  server.next(refusal(401, 'authentication_error', 'no'))
  expect(await bench.core.testModel({ baseUrl: server.url, apiKey: 'sk-x' }, never)).toMatchObject({
    ok: false,
    problem: { code: 'unauthorized' },
  })
})

it('needs nothing for the offline model', async () => {
  expect(await bench.core.testModel({ provider: 'offline' }, never)).toMatchObject({ ok: true })
})

describe('says what is wrong', () => {
  it.each([
    [401, 'authentication_error', 'unauthorized', 'apiKey'],
    [403, 'permission_error', 'forbidden', 'model'],
    [404, 'not_found_error', 'not_found', 'model'],
    [404, 'unheard_of', 'invalid_params', 'baseUrl'],
    [429, 'rate_limit_error', 'limit_exceeded', null],
    [529, 'overloaded_error', 'provider_error', null],
  ])('%i %s: %s', async (status, type, code, field) => {
    await using server = await WireServer.start()
    server.next(refusal(status, type, 'key sk-tried-canary is no good'))
    const tried = { provider: 'anthropic', apiKey: 'sk-tried-canary', baseUrl: server.url } as const
    const answer = await bench.core.testModel(tried, never)
    expect(answer).toMatchObject({ ok: false, problem: { code, field } })
    expect(JSON.stringify([answer, bench.logger])).not.toContain('canary')
  })

  it('where nobody listens, where something else does, and where there is no key', async () => {
    const tried = { provider: 'anthropic', apiKey: 'sk-x' } as const
    const gone = await WireServer.start()
    const { url: baseUrl } = gone
    await gone[Symbol.asyncDispose]()
    const nobody = await bench.core.testModel({ ...tried, baseUrl }, never)
    expect(nobody).toMatchObject({
      problem: {
        code: 'provider_error',
        field: 'baseUrl',
        message: expect.stringContaining('could not be reached'),
      },
    })
    await using server = await WireServer.start()
    server.next((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello')
    })
    const page = await bench.core.testModel({ ...tried, baseUrl: server.url }, never)
    expect(page).toMatchObject({ problem: { code: 'invalid_params', field: 'baseUrl' } })
    const keyless = await bench.core.testModel({ provider: 'anthropic', apiKey: null }, never)
    expect(keyless).toMatchObject({ problem: { code: 'unauthorized', field: 'apiKey' } })
  })

  it('and ends with its caller', async () => {
    await using server = await WireServer.start()
    const caller = new AbortController()
    server.next(() => caller.abort())
    const tried = { provider: 'anthropic', apiKey: 'sk-x', baseUrl: server.url } as const
    await expect(bench.core.testModel(tried, caller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
