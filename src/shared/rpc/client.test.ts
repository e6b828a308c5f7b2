import { beforeEach, describe, expect, it } from 'vitest'
import { type ClientTransport, RpcClient } from './client.js'

/** The other end of the wire, in the hands of a test. */
class Wire implements ClientTransport {
  readonly sent: { readonly id: number; readonly method: string }[] = []
  broken = false
  hear: (text: string) => void = () => undefined
  end: (reason: string) => void = () => undefined

  send(text: string): void {
    if (this.broken) throw new Error('the pipe is broken')
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.broken = true
  }
  onText(listener: (text: string) => void): void {
    this.hear = listener
  }
  onClose(listener: (reason: string) => void): void {
    this.end = listener
  }
  answer(id: number, rest: object): void {
    this.hear(JSON.stringify({ jsonrpc: '2.0', id, ...rest }))
  }
}

let wire: Wire
let client: RpcClient
beforeEach(() => {
  wire = new Wire()
  client = new RpcClient(wire)
})

const event = (title: string) =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'chat.changed',
    params: { conversationId: 'conv_1', change: 'renamed', title, at: 1, seq: 1 },
  })

describe('a call', () => {
  it('gets its own answer, in whatever order answers come', async () => {
    const first = client.call('queue.limits.get', {})
    const second = client.call('settings.get', {})
    expect(wire.sent.map(({ method }) => method)).toEqual(['queue.limits.get', 'settings.get'])
    wire.answer(2, { result: 'b' })
    wire.answer(1, { result: 'a' })
    expect(await Promise.all([first, second])).toEqual(['a', 'b'])
  })

  it('is rejected with the code and the facts of the host', async () => {
    const call = client.call('queue.state', {})
    wire.answer(1, {
      error: { code: -32000, message: 'no', data: { code: 'conflict', oldestSeq: 7 } },
    })
    await expect(call).rejects.toMatchObject({ code: 'conflict', data: { oldestSeq: 7 } })
    const odd = client.call('queue.state', {})
    wire.answer(2, { error: { code: 1, message: 'odd' } })
    await expect(odd).rejects.toMatchObject({ code: 'internal', message: 'odd' })
  })

  it('is cancelled when it cannot be sent, is given up, or loses its host', async () => {
    wire.broken = true
    await expect(client.call('queue.state', {})).rejects.toMatchObject({
      code: 'cancelled',
      message: 'queue.state could not be sent: the pipe is broken',
    })
    wire.broken = false
    const stop = new AbortController()
    const givenUp = client.call('queue.state', {}, { signal: stop.signal })
    stop.abort()
    await expect(givenUp).rejects.toMatchObject({ code: 'cancelled' })
    const open = client.call('queue.state', {})
    wire.end('the host has ended')
    await expect(open).rejects.toMatchObject({ message: expect.stringContaining('has ended') })
    await expect(client.call('queue.state', {})).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('is not disturbed by what is no message of a host', async () => {
    const call = client.call('queue.state', {})
    for (const text of ['', 'null', '{"jsonrpc":"2.0","id":99,"result":1}', '{"id":1}']) {
      wire.hear(text)
    }
    wire.answer(1, { result: 'right' })
    expect(await call).toBe('right')
  })
})

describe('events', () => {
  it('reach every listener, although one throws, until it leaves', () => {
    const titles: string[] = []
    client.onEvent(() => {
      throw new Error('a listener')
    })
    const leave = client.on('chat.changed', ({ title }) => titles.push(title))
    expect(() => wire.hear(event('a'))).toThrow('a listener')
    leave()
    expect(() => wire.hear(event('b'))).toThrow('a listener')
    expect(titles).toEqual(['a'])
  })

  it('end with the connection, which is told once', () => {
    const reasons: string[] = []
    client.onClose((reason) => reasons.push(reason))
    client.close()
    wire.end('again')
    wire.hear(event('late'))
    expect(reasons).toEqual(['closed by this side'])
  })
})
