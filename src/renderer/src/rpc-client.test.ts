import { afterEach, describe, expect, it } from 'vitest'
import type { ClientTransport } from '../../shared/rpc/client.js'
import { HostConnection } from './rpc-client.js'
import type { HostEvent } from './stores/host-event.js'
import { RefusedError } from './transports.js'

interface Request {
  readonly id: number
  readonly method: string
  readonly params: { readonly sinceSeq?: number }
}

/** The host's end of one connection: answers by hand, drops when told. */
class FakeHost implements ClientTransport {
  readonly requests: Request[] = []
  #text: (text: string) => void = () => undefined
  #closed: (reason: string) => void = () => undefined
  readonly #answer: (request: Request, host: FakeHost) => void

  constructor(answer: (request: Request, host: FakeHost) => void) {
    this.#answer = answer
  }

  send(text: string): void {
    const request = JSON.parse(text) as Request
    this.requests.push(request)
    this.#answer(request, this)
  }
  reply(id: number, result: unknown): void {
    this.#text(JSON.stringify({ jsonrpc: '2.0', id, result }))
  }
  refuse(id: number, code: string): void {
    const error = { code: -32000, message: code, data: { code } }
    this.#text(JSON.stringify({ jsonrpc: '2.0', id, error }))
  }
  tell(seq: number): void {
    const params = { taskId: 'task_a', attempt: 1, seq, at: seq }
    this.#text(JSON.stringify({ jsonrpc: '2.0', method: 'task.started', params }))
  }
  drop(): void {
    this.#closed('gone')
  }
  close(): void {
    this.#closed('closed')
  }
  onText(listener: (text: string) => void): void {
    this.#text = listener
  }
  onClose(listener: (reason: string) => void): void {
    this.#closed = listener
  }
}

/** One window with its hosts, one per attempt to connect. */
class Window {
  readonly applied: number[] = []
  readonly phases: string[] = []
  readonly hosts: FakeHost[] = []
  loads = 0
  refreshes = 0
  loadSeq = 5
  readonly connection: HostConnection
  readonly #waiting = new Set<() => void>()

  constructor(open: (attempt: number) => FakeHost) {
    this.connection = new HostConnection({
      open: async () => {
        const host = open(this.hosts.length)
        this.hosts.push(host)
        return host
      },
      apply: (events: readonly HostEvent[]) => {
        for (const { params } of events) this.applied.push((params as { seq: number }).seq)
      },
      load: async () => {
        this.loads += 1
        return this.loadSeq
      },
      refresh: async () => {
        this.refreshes += 1
      },
      phase: (phase) => {
        this.phases.push(phase.name)
        for (const check of this.#waiting) check()
        if (phase.name === 'reconnecting') queueMicrotask(() => this.connection.retryNow())
      },
      schedule: (run) => {
        queueMicrotask(run)
        return () => undefined
      },
    })
    void this.connection.run()
  }

  /** Resolves when the window was ready so many times. */
  ready(times: number): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.phases.filter((name) => name === 'ready').length < times) return
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
      check()
    })
  }
}

function subscribed(seq: number, replay: readonly number[] = []) {
  return (request: Request, host: FakeHost) => {
    for (const one of replay) host.tell(one)
    host.reply(request.id, { seq })
  }
}

describe('a connection to the host', () => {
  let open: Window | undefined
  afterEach(() => open?.connection.stop())

  it('loads, then hears what happened since, each event once', async () => {
    open = new Window(() => new FakeHost(subscribed(7, [5, 6, 7])))
    await open.ready(1)
    expect(open.hosts[0]?.requests[0]?.params.sinceSeq).toBe(5)
    open.hosts[0]?.tell(7)
    open.hosts[0]?.tell(8)
    await Promise.resolve()
    expect(open.applied).toEqual([6, 7, 8])
  })

  it('takes up after a lost connection where it was', async () => {
    open = new Window((attempt) => {
      return new FakeHost(attempt === 0 ? subscribed(5) : subscribed(9, [7, 8, 9]))
    })
    await open.ready(1)
    open.hosts[0]?.tell(6)
    open.hosts[0]?.drop()
    await open.ready(2)
    expect(open.hosts[1]?.requests[0]?.params.sinceSeq).toBe(6)
    expect(open.applied).toEqual([6, 7, 8, 9])
    expect(open).toMatchObject({ loads: 1, refreshes: 2 })
    expect(open.phases).toEqual(['connecting', 'ready', 'reconnecting', 'ready'])
  })

  it('loads anew where the host no longer has the events', async () => {
    open = new Window(
      (attempt) =>
        new FakeHost((request, host) => {
          const conflict = attempt === 1 && host.requests.length === 1
          if (conflict) host.refuse(request.id, 'conflict')
          else host.reply(request.id, { seq: 40 })
        }),
    )
    await open.ready(1)
    open.loadSeq = 40
    open.hosts[0]?.drop()
    await open.ready(2)
    expect(open.loads).toBe(2)
    expect(open.hosts[1]?.requests.map((request) => request.params.sinceSeq)).toEqual([5, 40])
  })

  it('loads anew from a host that knows fewer events', async () => {
    open = new Window((attempt) => new FakeHost(subscribed(attempt === 0 ? 5 : 2)))
    await open.ready(1)
    open.loadSeq = 2
    open.hosts[0]?.drop()
    await open.ready(2)
    expect(open.loads).toBe(2)
    open.hosts[1]?.tell(3)
    await Promise.resolve()
    expect(open.applied).toEqual([3])
  })

  it('does not knock again by itself where it was refused', async () => {
    let refuse = true
    open = new Window(() => {
      if (refuse) throw new RefusedError('unknown token')
      return new FakeHost(subscribed(5))
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(open.phases).toContain('refused')
    refuse = false
    open.connection.retryNow()
    await open.ready(1)
  })

  it('rejects a request while there is no connection', async () => {
    open = new Window(() => new FakeHost(() => undefined))
    open.connection.stop()
    await expect(open.connection.call('queue.state', {})).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
