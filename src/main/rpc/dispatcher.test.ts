import { describe, expect, it } from 'vitest'
import { RpcTestHost } from '../../../test/support/rpc-test-host.js'
import type { DispatcherLimits, Peer } from './dispatcher.js'

/** The other end of a connection, in the hands of the test. */
class TestPeer implements Peer {
  readonly sent: {
    id?: unknown
    method?: string
    params?: { seq?: number }
    [key: string]: unknown
  }[] = []
  closedBecause: string | null = null
  buffered = 0
  #drain: () => void = () => undefined
  #heard: () => void = () => undefined

  send(text: string): void {
    this.sent.push(JSON.parse(text))
    this.#heard()
  }

  close(reason: string): void {
    this.closedBecause = reason
    this.#heard()
  }

  bufferedAmount(): number {
    return this.buffered
  }

  onDrain(listener: () => void): void {
    this.#drain = listener
  }

  drain(): void {
    this.buffered = 0
    this.#drain()
  }

  seqs(): unknown[] {
    return this.sent.filter(({ method }) => method !== undefined).map(({ params }) => params?.seq)
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve
      })
    }
  }

  async replyTo(id: unknown) {
    await this.until(() => this.sent.some((message) => message.id === id))
    return this.sent.find((message) => message.id === id)
  }
}

function connect(limits: Partial<DispatcherLimits> = {}) {
  const host = new RpcTestHost(limits)
  const peer = new TestPeer()
  const connection = host.dispatcher.open(peer, { transport: 'memory' })
  let lastId = 0
  const ask = (method: string, params?: object) => {
    lastId += 1
    connection.receive(JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params }))
    return peer.replyTo(lastId)
  }
  const say = async (message: unknown) => {
    const before = peer.sent.length
    connection.receive(typeof message === 'string' ? message : JSON.stringify(message))
    await peer.until(() => peer.sent.length > before)
    return peer.sent[before]
  }
  return { host, peer, connection, ask, say }
}

describe('a message that is no request', () => {
  it.each([
    ['broken JSON', '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]', -32700, null],
    ['nothing', '', -32700, null],
    ['a number', '1', -32600, null],
    ['an empty batch', '[]', -32600, null],
    ['no version', { id: 7, method: 'chat.list' }, -32600, 7],
    ['another version', { jsonrpc: '1.0', id: 'a', method: 'chat.list' }, -32600, 'a'],
    ['a method that is no text', { jsonrpc: '2.0', id: 1, method: 1 }, -32600, 1],
    [
      'params that are no structure',
      { jsonrpc: '2.0', id: 1, method: 'chat.list', params: 'x' },
      -32600,
      1,
    ],
    ['an id that is no id', { jsonrpc: '2.0', id: {}, method: 'chat.list' }, -32600, null],
  ])('is refused: %s', async (_what, message, code, id) => {
    const { say } = connect()
    expect(await say(message)).toMatchObject({
      jsonrpc: '2.0',
      id,
      error: { code, data: { code: 'invalid_params' } },
    })
  })

  it('says which part of a request is wrong', async () => {
    const { say } = connect()
    expect(await say({ id: 7, method: 'chat.list' })).toMatchObject({
      error: { message: 'not a JSON-RPC 2.0 request: jsonrpc: is missing, must be 2.0' },
    })
    expect(await say('5')).toMatchObject({
      error: {
        message:
          'not a JSON-RPC 2.0 request: request: must be an object with named fields, not the number 5',
      },
    })
  })

  it('ends the connection when it is too long, with a reason', async () => {
    const { host, peer, say } = connect({ maxRequestLength: 100 })
    expect(await say('x'.repeat(101))).toMatchObject({
      error: {
        message: 'a request must have at most 100 characters, not 101',
        data: { code: 'limit_exceeded' },
      },
    })
    expect(peer.closedBecause).toContain('at most 100 characters')
    expect(host.dispatcher.connectionCount()).toBe(0)
  })
})

describe('a request that cannot be carried out', () => {
  it('names methods that may have been meant', async () => {
    const { ask } = connect()
    expect(await ask('task.sumbit')).toMatchObject({
      error: {
        code: -32601,
        message: 'there is no method "task.sumbit"; did you mean "task.submit"?',
        data: { code: 'unknown_method', near: ['task.submit'] },
      },
    })
    const far = await ask('rpc.discover_everything')
    expect(far).toMatchObject({
      error: { message: expect.stringContaining('chat, task, schedule, queue') },
    })
    expect(await ask('toString')).toMatchObject({ error: { code: -32601 } })
  })

  it.each([
    ['chat.send', { conversationId: 'conv_1' }, 'chat.send: text: is missing, must be a text'],
    [
      'chat.send',
      { conversationId: 'conv_1', text: 5 },
      'chat.send: text: must be a text, not the number 5',
    ],
    [
      'chat.send',
      { conversationId: 'conv_1', text: ' ' },
      'chat.send: text: must not be blank, not the text " "',
    ],
    [
      'chat.send',
      { conversationId: 'task_1', text: 'x' },
      'chat.send: conversationId: must be an id that starts with "conv_", followed by letters and digits, not the text "task_1"',
    ],
    ['chat.list', { limt: 3 }, 'chat.list: params: unknown field "limt"'],
    ['chat.list', [3], 'chat.list: params: must be an object with named fields, not a list of 1'],
    ['chat.list', { limit: 1.5 }, 'chat.list: limit: must be a whole number, not the number 1.5'],
    [
      'task.submit',
      { description: 'x', type: 'deploy' },
      'task.submit: type: must be one of agent_execution, orchestration, analysis, build, e2e_test, command, not the text "deploy"',
    ],
    [
      'task.submit',
      { description: 'x', type: 'command', priority: 11 },
      'task.submit: priority: must be at most 10, not the number 11',
    ],
    [
      'task.submit',
      { description: 'x', type: 'command', dependencies: ['task_1', null] },
      'task.submit: dependencies[1]: must be a text, not null',
    ],
    [
      'events.subscribe',
      { sinceSeq: '5' },
      'events.subscribe: sinceSeq: must be a number, not the text "5"',
    ],
  ])('says what is wrong with the parameters of %s: %j', async (method, params, message) => {
    const { ask } = connect()
    const reply = await ask(method, params)
    expect(reply).toMatchObject({
      error: { code: -32602, message, data: { code: 'invalid_params' } },
    })
  })

  it('never repeats a secret', async () => {
    const { ask } = connect()
    const reply = await ask('settings.set', { apiKey: ' '.repeat(5) })
    expect(JSON.stringify(reply)).toContain('not a text of 5 characters')
    expect(JSON.stringify(await ask('settings.set', { apiKey: 17 }))).toContain('must be a text')
  })

  it('answers with the code of an expected failure', async () => {
    const { ask } = connect()
    expect(await ask('queue.state')).toMatchObject({
      error: {
        code: -32006,
        message: 'queue.state is not part of this host',
        data: { code: 'invalid_state' },
      },
    })
  })

  it('keeps the inside of an unexpected failure for the log', async () => {
    const { host, ask } = connect()
    const reply = await ask('chat.rename', { conversationId: 'conv_1', title: 'x' })
    expect(reply).toMatchObject({ error: { code: -32603, data: { code: 'internal' } } })
    expect(JSON.stringify(reply)).not.toContain('secret detail')
    expect(host.logger.records).toMatchObject([
      {
        level: 'error',
        fields: { method: 'chat.rename', error: new Error('secret detail about x') },
      },
    ])
  })

  it('is refused while too many others are unanswered', async () => {
    const { host, peer, connection } = connect({ maxRequestsInFlight: 3 })
    const conversationId = host.create()
    for (let id = 1; id <= 4; id++) {
      connection.receive(
        JSON.stringify({ jsonrpc: '2.0', id, method: 'chat.stop', params: { conversationId } }),
      )
    }
    expect(await peer.replyTo(4)).toMatchObject({ error: { data: { code: 'limit_exceeded' } } })
    expect(host.waiting).toBe(3)
  })
})

describe('batches and notifications', () => {
  it('answers a batch in one message and leaves notifications out', async () => {
    const { say } = connect()
    const reply = await say([
      { jsonrpc: '2.0', id: 'a', method: 'chat.create' },
      { jsonrpc: '2.0', method: 'chat.create' },
      { foo: 'boo' },
      { jsonrpc: '2.0', id: null, method: 'nope' },
      { jsonrpc: '2.0', method: 'nope' },
    ])
    expect(reply).toMatchObject([
      { id: 'a', result: { conversationId: 'conv_1' } },
      { id: null, error: { code: -32600 } },
      { id: null, error: { code: -32601 } },
    ])
  })

  it('refuses a batch that holds more than may be in flight, without looking into it', async () => {
    const { say } = connect({ maxRequestsInFlight: 3 })
    expect(await say([1, 2, 3, 4])).toMatchObject({
      id: null,
      error: {
        message: 'a batch must hold at most 3 requests, not 4',
        data: { code: 'limit_exceeded' },
      },
    })
  })

  it('answers nothing where nothing is due', async () => {
    const { host, peer, connection, ask } = connect()
    connection.receive('[{"jsonrpc":"2.0","method":"chat.create"}]')
    connection.receive('{"jsonrpc":"2.0","method":"chat.send","params":{}}')
    await ask('chat.create')
    expect(peer.sent).toHaveLength(1)
    expect(host.events.lastSeq()).toBe(2)
  })
})

describe('a client that lags', () => {
  it('is not sent more than it can take, loses nothing that is kept, and holds up nobody', async () => {
    const { host, peer, ask } = connect()
    const other = new TestPeer()
    const otherConnection = host.dispatcher.open(other, { transport: 'memory' })
    otherConnection.receive('{"jsonrpc":"2.0","id":1,"method":"events.subscribe"}')
    await ask('events.subscribe')
    await other.replyTo(1)
    const conversationId = host.create()
    const messageId = host.say(conversationId, 'first').messageId
    peer.buffered = 2_000_000
    for (let count = 0; count < 500; count++) {
      host.say(conversationId, `${count}`)
      host.events.live('chat.delta', { conversationId, messageId, offset: 0, text: 'x' })
    }
    // One more is pushed before the lag is seen.
    expect(peer.seqs()).toEqual([1, 2, 3])
    expect(other.seqs()).toHaveLength(1002)
    peer.drain()
    await peer.until(() => peer.seqs().length === 502)
    expect(peer.seqs()).toEqual(Array.from({ length: 502 }, (_, index) => index + 1))
    host.events.live('chat.delta', { conversationId, messageId, offset: 0, text: 'again' })
    expect(peer.sent.at(-1)).toMatchObject({ method: 'chat.delta', params: { text: 'again' } })
  })

  it('gets the reply to a request only after the events that were held back', async () => {
    const { host, peer, connection, ask } = connect()
    await ask('events.subscribe')
    const conversationId = host.create()
    peer.buffered = 2_000_000
    host.say(conversationId, 'fills up')
    connection.receive(
      JSON.stringify({
        jsonrpc: '2.0',
        id: 'x',
        method: 'chat.send',
        params: { conversationId, text: 'y' },
      }),
    )
    while (host.events.lastSeq() < 3) await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    expect(peer.sent.at(-1)).toMatchObject({ method: 'chat.message', params: { text: 'fills up' } })
    peer.drain()
    await peer.replyTo('x')
    expect(peer.sent.slice(-2)).toMatchObject([{ params: { text: 'y' } }, { id: 'x' }])
  })

  it('is let go when what it waits for is no longer kept', async () => {
    const { host, peer, ask } = connect()
    await ask('events.subscribe')
    const conversationId = host.create()
    peer.buffered = 2_000_000
    for (let count = 0; count < 10; count++) host.say(conversationId, `${count}`)
    host.events.prune(8)
    peer.drain()
    expect(peer.closedBecause).toContain('too slow')
    expect(host.events.listenerCount()).toBe(0)
  })

  it('is let go when it never reads at all', async () => {
    const { host, peer, connection } = connect({ hopelessAbove: 5_000_000 })
    peer.buffered = 6_000_000
    connection.receive('{"jsonrpc":"2.0","id":1,"method":"chat.create"}')
    await peer.until(() => peer.closedBecause !== null)
    expect(peer.closedBecause).toContain('does not read')
    expect(host.dispatcher.connectionCount()).toBe(0)
  })
})

describe('the end of a connection', () => {
  it('ends what waits for it and leaves no listener', async () => {
    const { host, peer, connection, ask } = connect()
    const conversationId = host.create()
    await ask('events.subscribe')
    connection.receive(
      JSON.stringify({ jsonrpc: '2.0', id: 'w', method: 'chat.stop', params: { conversationId } }),
    )
    expect(host.waiting).toBe(1)
    connection.close()
    expect(host.waiting).toBe(0)
    expect(host.events.listenerCount()).toBe(0)
    const sent = peer.sent.length
    host.create()
    await new Promise((resolve) => setImmediate(resolve))
    expect(peer.sent).toHaveLength(sent)
  })

  it('may come from a peer that cannot be written to', async () => {
    const { host, peer, connection } = connect()
    peer.send = () => {
      throw new Error('EPIPE')
    }
    connection.receive('{"jsonrpc":"2.0","id":1,"method":"chat.create"}')
    await peer.until(() => peer.closedBecause !== null)
    expect(host.logger.messages('warn')).toEqual(['a client could not be reached'])
  })

  it('comes to all when the host stops', () => {
    const { host, peer } = connect()
    host.dispatcher.close('the host stops')
    expect(peer.closedBecause).toBe('the host stops')
    expect(host.dispatcher.connectionCount()).toBe(0)
  })
})
