import { LLMock } from '@copilotkit/aimock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import {
  eventStream,
  refusal,
  sse,
  type WireAnswer,
  WireServer,
} from '../../../../test/support/wire-server.js'
import {
  type AnthropicModelOptions,
  createAnthropicModel,
  normalizeBaseUrl,
} from './anthropic-model.js'
import { asInvalidToolInput } from './invalid-tool-input.js'
import { ModelError, type ModelRequest, type ToolDefinition } from './model-client.js'

const KEY = 'sk-ant-test-0123456789abcdef'
const logger = new SilentLogger()

const TOOL: ToolDefinition = {
  name: 'read_file',
  description: 'Reads a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
}

function request(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: 'You help.',
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [],
    maxTokens: 1_000,
    signal: new AbortController().signal,
    ...more,
  }
}

function model(baseUrl: string | null, more: Partial<AnthropicModelOptions> = {}) {
  return createAnthropicModel({ apiKey: KEY, baseUrl, model: 'claude-test', logger, ...more })
}

async function failureOf(turn: Promise<unknown>): Promise<ModelError> {
  const error = await turn.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${error}`)
  return error
}

describe('against a provider that keeps to the protocol', () => {
  let provider: LLMock
  beforeEach(async () => {
    provider = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 4 })
    await provider.start()
  })
  afterEach(() => provider.stop())

  it('streams an answer as it comes and counts its tokens', async () => {
    provider.onMessage('hello', {
      content: 'Good morning to you.',
      usage: { input_tokens: 12, output_tokens: 7 },
    })
    const deltas: string[] = []
    const turn = await model(provider.url).turn(
      request('hello', { onText: (delta) => deltas.push(delta) }),
    )
    expect(turn.content).toEqual([{ type: 'text', text: 'Good morning to you.' }])
    expect(turn.stopReason).toBe('end_turn')
    expect(turn.model).toBe('claude-test')
    expect(turn.usage).toMatchObject({ inputTokens: 12, outputTokens: 7 })
    expect(deltas.length).toBeGreaterThan(1)
    expect(deltas.join('')).toBe('Good morning to you.')
  })

  it('goes through a round of tools', async () => {
    provider.on(
      { userMessage: 'look', hasToolResult: false },
      {
        content: 'I look.',
        toolCalls: [{ id: 'call_1', name: 'read_file', arguments: '{"path":"a.ts"}' }],
      },
    )
    provider.onToolResult('call_1', { content: 'It says 42.' })
    const client = model(provider.url)
    const first = request('look', { tools: [TOOL] })
    const call = await client.turn(first)
    expect(call.stopReason).toBe('tool_use')
    expect(call.content).toEqual([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'call_1', name: 'read_file', input: { path: 'a.ts' } },
    ])
    const answer = await client.turn({
      ...first,
      messages: [
        ...first.messages,
        { role: 'assistant', content: call.content },
        {
          role: 'user',
          content: [{ type: 'tool_result', toolUseId: 'call_1', content: '42', isError: false }],
        },
      ],
    })
    expect(answer.content).toEqual([{ type: 'text', text: 'It says 42.' }])
  })

  it('passes over thinking', async () => {
    provider.onMessage('think', { content: 'Done.', reasoning: 'Let me see.' })
    const turn = await model(provider.url).turn(request('think'))
    expect(turn.content).toEqual([{ type: 'text', text: 'Done.' }])
  })

  it('tells a used-up rate limit and when it ends', async () => {
    provider.onMessage('hello', {
      error: { message: 'Number of requests exceeded', type: 'rate_limit_error' },
      status: 429,
      retryAfter: 17,
    })
    const error = await failureOf(model(provider.url).turn(request('hello')))
    expect(error).toMatchObject({ errorClass: 'quota', status: 429, retryAfterMs: 17_000 })
    expect(error.message).toContain('Number of requests exceeded')
    expect(provider.getRequests()).toHaveLength(1)
  })

  it('takes an overloaded provider for a passing failure and does not retry by itself', async () => {
    provider.nextRequestError(529, { message: 'Overloaded', type: 'overloaded_error' })
    const error = await failureOf(model(provider.url).turn(request('hello')))
    expect(error).toMatchObject({ errorClass: 'transient', status: 529, retryAfterMs: null })
    expect(error.message).toContain('overloaded')
    expect(provider.getRequests()).toHaveLength(1)
  })

  it('never makes a shorter turn of a stream that was cut', async () => {
    provider.onMessage(
      'hello',
      { content: 'A long answer.' },
      { truncateAfterChunks: 6, latency: 10 },
    )
    const deltas: string[] = []
    const error = await failureOf(
      model(provider.url).turn(request('hello', { onText: (delta) => deltas.push(delta) })),
    )
    expect(error.errorClass).toBe('transient')
    expect(deltas.join('')).not.toBe('')
  })

  it.each(['dropRate', 'malformedRate', 'disconnectRate'])('survives chaos: %s', async (rate) => {
    provider.onMessage('hello', { content: 'Never seen.' })
    provider.setChaos({ [rate]: 1 })
    const error = await failureOf(model(provider.url).turn(request('hello')))
    expect(['transient', 'permanent']).toContain(error.errorClass)
  })

  it('stops in the middle of a stream when it is told to', async () => {
    provider.onMessage('hello', { content: 'word '.repeat(200) }, { latency: 20 })
    const stop = new AbortController()
    const error = await failureOf(
      model(provider.url).turn(
        request('hello', { signal: stop.signal, onText: () => stop.abort() }),
      ),
    )
    expect(error).toMatchObject({ errorClass: 'aborted', code: 'cancelled' })
  })

  it('asks nobody when it was stopped before', async () => {
    const error = await failureOf(
      model(provider.url).turn(request('hello', { signal: AbortSignal.abort() })),
    )
    expect(error.errorClass).toBe('aborted')
    expect(provider.getRequests()).toHaveLength(0)
  })

  it.each(['', '/', '/v1', '/v1/', '/v1/messages'])(
    'takes a base URL that ends in "%s"',
    async (end) => {
      provider.onMessage('hello', { content: 'Here.' })
      const turn = await model(provider.url + end).turn(request('hello'))
      expect(turn.content).toEqual([{ type: 'text', text: 'Here.' }])
    },
  )
})

describe('against anything else', () => {
  let server: WireServer
  beforeEach(async () => {
    server = await WireServer.start()
  })
  afterEach(() => server[Symbol.asyncDispose]())

  const start = {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [],
      model: 'claude-real',
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: 5,
        cache_read_input_tokens: 300,
        cache_creation_input_tokens: 40,
        output_tokens: 1,
      },
    },
  }
  const stop = { type: 'message_stop' }

  function ending(reason: string | null, usage: object = { output_tokens: 9 }): object {
    return { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage }
  }

  function toolCall(index: number, ...json: readonly string[]): object[] {
    return [
      {
        type: 'content_block_start',
        index,
        content_block: { type: 'tool_use', id: `call_${index}`, name: 'read_file', input: {} },
      },
      ...json.map((partial_json) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'input_json_delta', partial_json },
      })),
      { type: 'content_block_stop', index },
    ]
  }

  function text(index: number, content: string): object[] {
    return [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index, delta: { type: 'text_delta', text: content } },
      { type: 'content_block_stop', index },
    ]
  }

  async function turnWith(answer: WireAnswer, more: Partial<ModelRequest> = {}) {
    server.next(answer)
    return model(server.url).turn(request('hello', more))
  }

  it('sends what the protocol asks for, with three cache points', async () => {
    await turnWith(eventStream(start, ...text(0, 'ok'), ending('end_turn'), stop), {
      tools: [{ ...TOOL, name: 'first' }, TOOL],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'read it' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: '' },
            { type: 'tool_use', id: 'c', name: 'read_file', input: 'not an object' },
          ],
        },
        { role: 'assistant', content: [{ type: 'text', text: '  ' }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', toolUseId: 'c', content: 'gone', isError: true }],
        },
      ],
      model: 'claude-other',
    })
    const [sent] = server.requests
    expect(sent?.path).toBe('/v1/messages')
    expect(sent?.headers).toMatchObject({ 'x-api-key': KEY, authorization: `Bearer ${KEY}` })
    const cached = { cache_control: { type: 'ephemeral' } }
    expect(sent?.body).toEqual({
      model: 'claude-other',
      max_tokens: 1_000,
      stream: true,
      system: [{ type: 'text', text: 'You help.', ...cached }],
      tools: [
        { name: 'first', description: 'Reads a file.', input_schema: TOOL.inputSchema },
        {
          name: 'read_file',
          description: 'Reads a file.',
          input_schema: TOOL.inputSchema,
          ...cached,
        },
      ],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'read it' }] },
        {
          role: 'assistant',
          content: [
            {
              type: 'tool_use',
              id: 'c',
              name: 'read_file',
              input: {
                __invalidJson: '"not an object"',
                reason: 'the arguments are not an object',
              },
            },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c', content: 'gone', is_error: true, ...cached },
          ],
        },
      ],
    })
  })

  it('sends neither an empty system prompt nor an empty list of tools', async () => {
    await turnWith(eventStream(start, ending('end_turn'), stop), { system: '' })
    expect(server.requests[0]?.body).not.toHaveProperty('system')
    expect(server.requests[0]?.body).not.toHaveProperty('tools')
  })

  it('needs no key where none is asked for, and takes none from the environment', async () => {
    server.next(eventStream(start, ending('end_turn'), stop))
    await model(server.url, { apiKey: null }).turn(request('hello'))
    expect(server.requests[0]?.headers).toMatchObject({
      'x-api-key': 'none',
      authorization: 'Bearer none',
    })
  })

  it('sends the key to Anthropic itself as a bearer token alone', async () => {
    let sent: Headers | null = null
    const own = model(null, {
      fetch: (_, init) => {
        sent = new Headers(init?.headers)
        return Promise.resolve(new Response('{}', { status: 503 }))
      },
    })
    await failureOf(own.turn(request('hello')))
    expect(sent).toEqual(expect.any(Headers))
    const headers = Object.fromEntries(sent ?? [])
    expect(headers['authorization']).toBe(`Bearer ${KEY}`)
    expect(headers).not.toHaveProperty('x-api-key')
  })

  it('counts cached tokens, and the last figures win', async () => {
    const turn = await turnWith(
      eventStream(start, ending('end_turn', { input_tokens: 6, output_tokens: 9 }), stop),
    )
    expect(turn.usage).toEqual({
      inputTokens: 6,
      outputTokens: 9,
      cacheReadTokens: 300,
      cacheWriteTokens: 40,
    })
    expect(turn.model).toBe('claude-real')
    expect(turn.content).toEqual([])
  })

  it.each([
    ['max_tokens', 'max_tokens'],
    ['refusal', 'refusal'],
    ['stop_sequence', 'stop_sequence'],
    ['model_context_window_exceeded', 'max_tokens'],
    ['pause_turn', 'end_turn'],
    [null, 'end_turn'],
  ])('maps the stop reason %s to %s', async (sent, expected) => {
    const turn = await turnWith(eventStream(start, ...text(0, 'x'), ending(sent), stop))
    expect(turn.stopReason).toBe(expected)
  })

  it('takes a turn with calls for one that waits for results, whatever the server says', async () => {
    const turn = await turnWith(eventStream(start, ...toolCall(0), ending('end_turn'), stop))
    expect(turn.stopReason).toBe('tool_use')
    expect(turn.content).toEqual([{ type: 'tool_use', id: 'call_0', name: 'read_file', input: {} }])
  })

  it('takes a call whose input comes at once', async () => {
    const turn = await turnWith(
      eventStream(
        start,
        {
          type: 'content_block_start',
          index: 0,
          content_block: { type: 'tool_use', id: 'c', name: 'read_file', input: { path: 'b' } },
        },
        ending('tool_use'),
        stop,
      ),
    )
    expect(turn.content[0]).toMatchObject({ input: { path: 'b' } })
  })

  it.each([
    ['broken JSON', ['{"path": "a', '.ts'], '{"path": "a.ts'],
    ['JSON that is no object', ['[1, 2]'], '[1, 2]'],
  ])('keeps the turn when a call has %s', async (_, json, kept) => {
    const turn = await turnWith(
      eventStream(
        start,
        ...text(0, 'I read.'),
        ...toolCall(1, ...json),
        ...toolCall(2, '{"path":"b.ts"}'),
        ending('tool_use'),
        stop,
      ),
    )
    const [words, broken, whole] = turn.content
    expect(words).toEqual({ type: 'text', text: 'I read.' })
    expect(whole).toMatchObject({ input: { path: 'b.ts' } })
    const marker = broken?.type === 'tool_use' ? asInvalidToolInput(broken.input) : null
    expect(marker?.__invalidJson).toBe(kept)
    expect(marker?.reason).not.toBe('')
    expect(JSON.parse(JSON.stringify(turn))).toEqual(turn)
  })

  it.each([
    [400, 'invalid_request_error', 'prompt is too long: 9 tokens', /new conversation/],
    [400, 'invalid_request_error', 'Your credit balance is too low', /billing/],
    [
      400,
      'invalid_request_error',
      'max_tokens: too large.',
      /refused the request \(400\): max_tok/,
    ],
    [401, 'authentication_error', 'invalid x-api-key', /ANTHROPIC_API_KEY/],
    [402, 'billing_error', 'payment is due', /billing/],
    [403, 'permission_error', 'no access', /"claude-test"/],
    [404, 'not_found_error', 'model: claude-test', /no model "claude-test".*SMART_AGENTS_MODEL/],
    [404, 'page', 'nothing here', /ANTHROPIC_BASE_URL/],
    [413, 'request_too_large', 'too big', /larger than/],
  ])('says what would be right: %i %s %s', async (status, type, message, expected) => {
    const error = await failureOf(turnWith(refusal(status, type, message, { 'retry-after': '5' })))
    expect(error).toMatchObject({ errorClass: 'permanent', status, retryAfterMs: null })
    expect(error.message).toMatch(expected)
    expect(error.message).not.toContain('..')
  })

  it.each([
    [500, 'api_error'],
    [502, 'api_error'],
    [408, 'timeout_error'],
    [409, 'conflict_error'],
  ])('takes %i for a passing failure', async (status, type) => {
    const error = await failureOf(turnWith(refusal(status, type, 'later', { 'retry-after': '3' })))
    expect(error).toMatchObject({ errorClass: 'transient', status, retryAfterMs: 3_000 })
  })

  it('reads an error page that is no JSON', async () => {
    const error = await failureOf(
      turnWith((response) => {
        response.writeHead(503, { 'content-type': 'text/html' })
        response.end('<html>\n  down  </html>')
      }),
    )
    expect(error.message).toMatch(/failed \(503\): <html> down <\/html>\.$/)
  })

  it.each([
    ['overloaded_error', 'transient', /overloaded/],
    ['api_error', 'transient', /failed: cut off/],
    ['rate_limit_error', 'quota', /rate limit/],
    ['invalid_request_error', 'permanent', /cut off/],
    ['authentication_error', 'permanent', /refused the API key/],
    ['permission_error', 'permanent', /does not allow/],
    ['billing_error', 'permanent', /payment/],
    ['not_found_error', 'permanent', /no model/],
    ['request_too_large', 'permanent', /larger/],
  ])('reads the error %s inside a stream', async (type, errorClass, expected) => {
    const error = await failureOf(
      turnWith(
        eventStream(start, ...text(0, 'par'), {
          type: 'error',
          error: { type, message: 'cut off' },
        }),
      ),
    )
    expect(error.errorClass).toBe(errorClass)
    expect(error.message).toMatch(expected)
  })

  it('takes a stream that ends too early for a passing failure', async () => {
    const error = await failureOf(turnWith(eventStream(start, ...text(0, 'par'))))
    expect(error).toMatchObject({ errorClass: 'transient', status: null })
    expect(error.message).toContain('cut before its end')
  })

  it('says that the answer was cut when the connection is lost in the middle of it', async () => {
    const deltas: string[] = []
    const begun = Promise.withResolvers<void>()
    const error = await failureOf(
      turnWith(
        async (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' })
          for (const event of [start, ...text(0, 'par').slice(0, 2)]) response.write(sse(event))
          await begun.promise
          response.destroy()
        },
        {
          onText: (delta) => {
            deltas.push(delta)
            begun.resolve()
          },
        },
      ),
    )
    expect(deltas).toEqual(['par'])
    expect(error).toMatchObject({ errorClass: 'transient', status: null })
    expect(error.message).toContain('was cut before its end')
    expect(error.message).not.toContain('reached')
  })

  it('does not call a provider out of reach that closes before it answers', async () => {
    const error = await failureOf(turnWith((response) => void response.socket?.destroy()))
    expect(error).toMatchObject({ errorClass: 'transient', status: null })
    expect(error.message).toMatch(/cut its answer off: other side closed\.$/)
  })

  it('takes a line that is no JSON for a passing failure', async () => {
    const error = await failureOf(
      turnWith((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(`${sse(start)}event: message_delta\ndata: {"type":\n\n`)
      }),
    )
    expect(error.errorClass).toBe('transient')
    expect(error.message).toContain('could not be read')
  })

  it('says so when the address is that of a web page', async () => {
    const error = await failureOf(
      turnWith((response) => {
        response.writeHead(200, { 'content-type': 'text/html' })
        response.end('<html>Welcome</html>')
      }),
    )
    expect(error.errorClass).toBe('permanent')
    expect(error.message).toMatch(/text\/html instead of an event stream.*Messages protocol/)
  })

  it('keeps a turn whose listener throws', async () => {
    const turn = await turnWith(eventStream(start, ...text(0, 'whole'), ending('end_turn'), stop), {
      onText: () => {
        throw new Error('broken listener')
      },
    })
    expect(turn.content).toEqual([{ type: 'text', text: 'whole' }])
    expect(logger.messages('error')).toContain('a listener of a model turn threw')
  })

  it('shows a key to nobody, not even when the provider repeats it', async () => {
    const log = new SilentLogger()
    const client = model(server.url, { logger: log })
    const seen: unknown[] = [client]
    server.next(
      refusal(401, 'authentication_error', `bad key ${KEY}, Bearer ${KEY}, sk-other-12345678`),
      (response) => void response.socket?.destroy(),
    )
    seen.push(await failureOf(client.turn(request('a'))))
    seen.push(await failureOf(client.turn(request('b'))))
    const { inspect } = await import('node:util')
    const printed = inspect([...seen, log.records], { depth: 10, showHidden: true })
    expect(printed).toContain('[key]')
    expect(printed).not.toContain(KEY)
    expect(printed).not.toContain('sk-other')
  })
})

describe('without a server', () => {
  it('names the reason when nobody listens', async () => {
    const gone = await WireServer.start()
    const { url } = gone
    await gone[Symbol.asyncDispose]()
    const error = await failureOf(model(url).turn(request('hello')))
    expect(error.errorClass).toBe('transient')
    expect(error.message).toContain('ECONNREFUSED')
    expect(error.message).toContain(url)
  })

  it('takes a silence for a passing failure', async () => {
    const error = await failureOf(
      model('http://127.0.0.1:1', {
        fetch: () => Promise.reject(new DOMException('the time is over', 'AbortError')),
      }).turn(request('hello')),
    )
    expect(error.errorClass).toBe('transient')
    expect(error.message).toContain('did not answer in time')
  })

  it.each(['ftp://example.org', 'not a url', 'https://user:secret@example.org'])(
    'can be made with the base URL %s, and says in each turn what is wrong',
    async (baseUrl) => {
      expect(normalizeBaseUrl(baseUrl)).toBeNull()
      const error = await failureOf(model(baseUrl).turn(request('hello')))
      expect(error.errorClass).toBe('permanent')
      expect(error.message).toContain('http or https')
      expect(error.message).not.toContain('secret')
    },
  )

  it.each(['http://127.0.0.1:1', 'http://127.0.0.1:9/v1', 'https://localhost:6000'])(
    'says that the port of %s is one that no web request goes to, and does not ask again',
    async (baseUrl) => {
      const error = await failureOf(model(baseUrl).turn(request('hello')))
      expect(error).toMatchObject({ errorClass: 'permanent', about: 'baseUrl' })
      expect(error.message).toContain(new URL(baseUrl).host)
      expect(error.message).toMatch(/its port .* blocked\. Set the base URL, .*such as http:/)
    },
  )

  it('refuses a key that cannot be one, without repeating it', async () => {
    const error = await failureOf(
      model('http://127.0.0.1:1', { apiKey: 'sk-ant-1 2\n3' }).turn(request('hello')),
    )
    expect(error.errorClass).toBe('permanent')
    expect(error.message).not.toContain('sk-ant-1')
  })

  it.each([
    ['https://api.anthropic.com', 'https://api.anthropic.com'],
    [' https://gateway.example.org/claude/v1/ ', 'https://gateway.example.org/claude'],
    ['http://localhost:11434//', 'http://localhost:11434'],
  ])('normalizes %s', (given, expected) => {
    expect(normalizeBaseUrl(given)).toBe(expected)
  })
})
