import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Dispatcher } from '../../src/main/rpc/dispatcher.js'
import { type ClientTransport, RpcClient } from '../../src/shared/rpc/client.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { RpcTestHost } from '../support/rpc-test-host.js'

/** A dispatcher as it can be reached over one transport. */
export interface ServedDispatcher {
  connect(): Promise<ClientTransport>
  close(): Promise<void>
}

/** A client that can stop reading for a while. */
export interface SlowClient {
  readonly transport: ClientTransport
  pause(): void
  resume(): void
}

/** Of a transport that a slow client holds up, and that tells the dispatcher so. */
export interface ServedWithBackpressure extends ServedDispatcher {
  connectSlow(): Promise<SlowClient>
}

interface Heard {
  readonly method?: string
  readonly params?: { readonly seq?: number; readonly [field: string]: unknown }
  readonly id?: unknown
  readonly [field: string]: unknown
}

/** Everything that arrives on a transport, as it arrives. */
class Ear {
  readonly heard: Heard[] = []
  closedBecause: string | null = null
  #wake: () => void = () => undefined

  constructor(transport: ClientTransport) {
    transport.onText((text) => {
      this.heard.push(JSON.parse(text))
      this.#wake()
    })
    transport.onClose((reason) => {
      this.closedBecause = reason
      this.#wake()
    })
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async replyTo(id: unknown): Promise<Heard> {
    await this.until(() => this.heard.some((message) => message.id === id))
    return this.heard.find((message) => message.id === id) ?? {}
  }

  seqs(): (number | undefined)[] {
    return this.heard.filter(({ method }) => method !== undefined).map(({ params }) => params?.seq)
  }
}

function request(id: unknown, method: string, params?: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params })
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** What every transport has to carry unchanged: to be called once per transport. */
export function describeTransport(
  name: string,
  serve: (dispatcher: Dispatcher) => Promise<ServedDispatcher>,
): void {
  describe(`JSON-RPC over ${name}`, () => {
    let host: RpcTestHost
    let served: ServedDispatcher

    beforeEach(async () => {
      host = new RpcTestHost()
      served = await serve(host.dispatcher)
    })

    afterEach(async () => {
      await served.close()
      expect(host.dispatcher.connectionCount()).toBe(0)
      expect(host.events.listenerCount()).toBe(0)
    })

    async function open() {
      const transport = await served.connect()
      return { transport, ear: new Ear(transport) }
    }

    it('carries requests, results and errors', async () => {
      const client = new RpcClient(await served.connect())
      const { conversationId } = await client.call('chat.create', { title: 'äöü 漢字 😀' })
      const { messageId } = await client.call('chat.send', {
        conversationId,
        text: 'hello\n\u2028',
      })
      const history = await client.call('chat.history', { conversationId })
      expect(history.messages).toMatchObject([{ messageId, text: 'hello\n\u2028' }])
      const failure = client.call('chat.rename', { conversationId, title: '' })
      await expect(failure).rejects.toBeInstanceOf(AppError)
      await expect(failure).rejects.toMatchObject({ code: 'invalid_params' })
      client.close()
    })

    it('carries a text of several megabytes', async () => {
      const client = new RpcClient(await served.connect())
      const { conversationId } = await client.call('chat.create', {})
      const text = 'é😀'.repeat(300_000)
      await client.call('chat.send', { conversationId, text })
      const { messages } = await client.call('chat.history', { conversationId })
      expect(messages[0]?.text === text).toBe(true)
      client.close()
    })

    it('answers broken JSON, wrong messages and batches as JSON-RPC says', async () => {
      const { transport, ear } = await open()
      transport.send('{"jsonrpc": "2.0", "method"')
      transport.send('[]')
      transport.send('[1]')
      transport.send(`[${request(1, 'chat.create')},${request('b', 'chat.creat')}]`)
      transport.send('{"jsonrpc":"2.0","method":"chat.create"}')
      transport.send(request('last', 'chat.create'))
      await ear.replyTo('last')
      await ear.until(() => ear.heard.length === 5)
      expect(ear.heard).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32700 }) }),
          expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) }),
          [expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) })],
          [
            expect.objectContaining({ id: 1 }),
            expect.objectContaining({ id: 'b', error: expect.objectContaining({ code: -32601 }) }),
          ],
        ]),
      )
      transport.close()
    })

    it('runs requests of one connection concurrently', async () => {
      const { transport, ear } = await open()
      const conversationId = host.create()
      transport.send(request('waits', 'chat.stop', { conversationId }))
      transport.send(request('quick', 'chat.list', { conversationId }))
      await ear.replyTo('quick')
      expect(ear.heard.some(({ id }) => id === 'waits')).toBe(false)
      transport.close()
    })

    it('delivers the events of a request before its reply', async () => {
      const { transport, ear } = await open()
      const conversationId = host.create()
      transport.send(request('s', 'events.subscribe'))
      await ear.replyTo('s')
      for (let id = 0; id < 50; id++) {
        transport.send(request(id, 'chat.send', { conversationId, text: `${id}` }))
      }
      await ear.until(() => ear.heard.filter(({ id }) => typeof id === 'number').length === 50)
      for (let id = 0; id < 50; id++) {
        const reply = ear.heard.findIndex((message) => message.id === id)
        const event = ear.heard.findIndex(({ params }) => params?.text === `${id}`)
        expect(event).toBeGreaterThanOrEqual(0)
        expect(event).toBeLessThan(reply)
      }
      transport.close()
    })

    it('sends nothing to who has not subscribed', async () => {
      const { transport, ear } = await open()
      host.create()
      transport.send(request(1, 'chat.create'))
      await ear.replyTo(1)
      expect(ear.heard).toHaveLength(1)
      transport.close()
    })

    it('sends what was subscribed to: events, nouns, ids, or everything', async () => {
      const [mine, other] = [host.create(), host.create()]
      const wanted = [
        ['chat.changed'],
        ['chat'],
        [mine],
        ['task', 'queue'],
        undefined,
        ['chat.delta'],
      ]
      const clients = await Promise.all(
        wanted.map(async (topics) => {
          const client = await open()
          client.transport.send(request('s', 'events.subscribe', { topics }))
          expect(await client.ear.replyTo('s')).toMatchObject({ result: { seq: 2 } })
          return client
        }),
      )
      const { messageId } = host.say(mine, 'a')
      host.say(other, 'b')
      host.events.emit('chat.changed', { conversationId: other, change: 'renamed', title: 'x' })
      host.events.live('chat.delta', { conversationId: mine, messageId, offset: 0, text: 'd' })
      host.events.live('system.machine', { cpu: 1, memory: 2 })
      const said = await Promise.all(
        clients.map(async ({ transport, ear }) => {
          transport.send(request('end', 'chat.list'))
          await ear.replyTo('end')
          transport.close()
          return ear.heard
            .slice(1, -1)
            .map(({ method, params }) => `${method} ${params?.seq ?? ''}`.trim())
        }),
      )
      const all = ['chat.message 3', 'chat.message 4', 'chat.changed 5', 'chat.delta']
      expect(said).toEqual([
        ['chat.changed 5'],
        all,
        ['chat.message 3', 'chat.delta'],
        [],
        all,
        ['chat.delta'],
      ])
    })

    it('replaces the topics with the next subscription, and refuses unknown ones', async () => {
      const { transport, ear } = await open()
      const conversationId = host.create()
      transport.send(request(1, 'events.subscribe', { topics: ['chat.message'] }))
      await ear.replyTo(1)
      host.say(conversationId, 'heard')
      transport.send(request(2, 'events.subscribe', { topics: ['chat.changed'] }))
      await ear.replyTo(2)
      host.say(conversationId, 'not heard')
      host.create()
      transport.send(request(3, 'events.subscribe', { topics: ['chats'] }))
      const refused = JSON.stringify(await ear.replyTo(3))
      expect(refused).toContain('\\"chats\\" is not known')
      expect(refused).toContain('task.completed')
      expect(ear.seqs()).toEqual([2, 4])
      transport.close()
    })

    it('replays from a seq, then answers, then goes on live', async () => {
      const conversationId = host.create()
      for (let count = 0; count < 1000; count++) host.say(conversationId, `${count}`)
      const { transport, ear } = await open()
      transport.send(request('s', 'events.subscribe', { sinceSeq: 400 }))
      await ear.replyTo('s')
      expect(ear.heard.at(-1)).toEqual({ jsonrpc: '2.0', id: 's', result: { seq: 1001 } })
      host.say(conversationId, 'live')
      await ear.until(() => ear.seqs().length === 602)
      expect(ear.seqs()).toEqual(range(401, 1002))
      transport.close()
    })

    it('refuses a seq that is not kept any more, or not there yet', async () => {
      const conversationId = host.create()
      for (let count = 0; count < 9; count++) host.say(conversationId, `${count}`)
      host.events.prune(5)
      const client = new RpcClient(await served.connect())
      await expect(client.call('events.subscribe', { sinceSeq: 3 })).rejects.toMatchObject({
        code: 'conflict',
        data: { oldestSeq: 5 },
      })
      await expect(client.call('events.subscribe', { sinceSeq: 11 })).rejects.toMatchObject({
        code: 'invalid_params',
        message: expect.stringContaining('at most 10'),
      })
      expect(await client.call('events.subscribe', { sinceSeq: 4 })).toEqual({ seq: 10 })
      client.close()
    })

    it('leaves no gap and no duplicate, whatever is written meanwhile', async () => {
      const conversationId = host.create()
      const property = fc.asyncProperty(
        fc.nat(400),
        fc.array(fc.record({ turns: fc.nat(3), events: fc.nat(150) }), { maxLength: 8 }),
        async (back, writes) => {
          const sinceSeq = Math.max(0, host.events.lastSeq() - back)
          const { transport, ear } = await open()
          transport.send(request('s', 'events.subscribe', { sinceSeq }))
          for (const { turns, events } of writes) {
            for (let turn = 0; turn < turns; turn++) {
              await new Promise((resolve) => setImmediate(resolve))
            }
            for (let count = 0; count < events; count++) host.say(conversationId, 'x')
          }
          const last = host.events.lastSeq()
          const reply = await ear.replyTo('s')
          await ear.until(() => (ear.seqs().at(-1) ?? sinceSeq) >= last)
          expect(ear.seqs()).toEqual(range(sinceSeq + 1, last))
          const before = ear.heard.slice(0, ear.heard.indexOf(reply))
          const { seq } = reply.result as { seq: number }
          expect(before.at(-1)?.params?.seq ?? sinceSeq).toBe(seq)
          transport.close()
        },
      )
      await fc.assert(property, { numRuns: 25 })
    })

    it('lets a client that was away catch up by its last seq', async () => {
      const conversationId = host.create()
      const seen: number[] = []
      const visit = async (sinceSeq: number, until: number) => {
        const client = new RpcClient(await served.connect())
        const done = Promise.withResolvers<void>()
        client.on('chat.message', ({ seq }) => {
          seen.push(seq)
          if (seq === until) done.resolve()
        })
        await client.call('events.subscribe', { topics: ['chat.message'], sinceSeq })
        await done.promise
        client.close()
      }
      host.say(conversationId, 'one')
      await visit(0, 2)
      for (let count = 0; count < 300; count++) host.say(conversationId, `${count}`)
      await visit(seen.at(-1) ?? 0, 302)
      expect(seen).toEqual(range(2, 302))
    })

    it('tells waiting handlers and open calls when a connection ends', async () => {
      const conversationId = host.create()
      const client = new RpcClient(await served.connect())
      const call = client.call('chat.stop', { conversationId })
      const failed = expect(call).rejects.toMatchObject({ code: 'cancelled' })
      while (host.waiting === 0) await new Promise((resolve) => setImmediate(resolve))
      client.close()
      await failed
      while (host.waiting > 0) await new Promise((resolve) => setImmediate(resolve))
    })

    it('tells the client why when the host ends the connection', async () => {
      const { transport, ear } = await open()
      transport.send(request(1, 'chat.list'))
      await ear.replyTo(1)
      host.dispatcher.close('the host has ended')
      await ear.until(() => ear.closedBecause !== null)
      expect(ear.closedBecause).toContain('the host has ended')
    })

    it('ends a connection that sends too long a text, with a clear error', async () => {
      const { transport, ear } = await open()
      transport.send(`"${'x'.repeat(8 * 1024 * 1024)}"`)
      await ear.until(() => ear.closedBecause !== null)
      expect(ear.heard).toMatchObject([{ id: null, error: { data: { code: 'limit_exceeded' } } }])
      expect(ear.closedBecause).toContain('at most 8388608 characters')
    })
  })
}

/** What a transport with backpressure promises besides. */
export function describeBackpressure(
  name: string,
  serve: (dispatcher: Dispatcher) => Promise<ServedWithBackpressure>,
): void {
  describe(`slow readers over ${name}`, () => {
    it('holds up nobody for a client that does not read, and loses nothing for it', async () => {
      const host = new RpcTestHost()
      const served = await serve(host.dispatcher)
      const slow = await served.connectSlow()
      const slowEar = new Ear(slow.transport)
      const transport = await served.connect()
      const quick = { transport, ear: new Ear(transport) }
      for (const [transport, ear] of [
        [slow.transport, slowEar],
        [quick.transport, quick.ear],
      ] as const) {
        transport.send(request('s', 'events.subscribe'))
        await ear.replyTo('s')
      }
      const conversationId = host.create()
      slow.pause()
      const text = 'x'.repeat(50_000)
      for (let count = 0; count < 400; count++) {
        host.say(conversationId, text)
        if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await quick.ear.until(() => quick.ear.seqs().length === 401)
      expect(slowEar.seqs().length).toBeLessThan(401)
      slow.resume()
      await slowEar.until(() => slowEar.seqs().length === 401)
      expect(slowEar.seqs()).toEqual(range(1, 401))
      slow.transport.close()
      quick.transport.close()
      await served.close()
    })
  })
}
