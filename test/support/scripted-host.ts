import { writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import {
  type EventName,
  isMethodName,
  type MethodName,
  methods,
  type ParsedParamsOf,
  type PayloadOf,
  type ResultOf,
} from '../../src/shared/rpc/contract.js'
import { AppError, jsonRpcCodeOf } from '../../src/shared/rpc/errors.js'
import { releaseOwner, trackOwner } from './leak-check.js'

/** Answers a request; what it throws as an AppError is sent as such. */
type Answer = (params: never) => unknown | Promise<unknown>

const TOKEN = 'secret-of-the-scripted-host'

/**
 * A host on a real socket whose answers a test writes. Requests and answers are checked against
 * the contract, so that neither the client nor the test can invent a field.
 */
export class ScriptedHost {
  readonly calls: Array<{ readonly method: string; readonly params: unknown }> = []
  readonly #server: WebSocketServer
  readonly #answers = new Map<string, Answer>()
  readonly #owner = trackOwner('a scripted host', () => this.stop())
  #seq = 0
  #connections = 0

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket) => {
      this.#connections++
      socket.on('message', (data) => void this.#receive(socket, data.toString()))
    })
    this.answer('events.subscribe', () => ({ seq: this.#seq }))
  }

  /** Listens, and says so in the `host.json` of a data directory. */
  static async start(dataDirectory: string): Promise<ScriptedHost> {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      path: '/rpc',
      verifyClient: ({ req }: { req: IncomingMessage }) =>
        req.headers.authorization === `Bearer ${TOKEN}`,
    })
    await new Promise((resolve) => server.once('listening', resolve))
    const host = new ScriptedHost(server)
    await host.writeHostFile(dataDirectory, TOKEN)
    return host
  }

  get connections(): number {
    return this.#connections
  }

  async writeHostFile(dataDirectory: string, token: string): Promise<void> {
    const { port } = this.#server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/`
    const wsUrl = `ws://127.0.0.1:${port}/rpc`
    const address = { url, wsUrl, token, pid: process.pid, startedAt: Date.now() }
    await writeFile(path.join(dataDirectory, 'host.json'), JSON.stringify(address))
  }

  answer<M extends MethodName>(
    method: M,
    answer: (params: ParsedParamsOf<M>) => ResultOf<M> | Promise<ResultOf<M>>,
  ): void {
    this.#answers.set(method, answer)
  }

  /** Sends an event to every client. */
  emit<E extends EventName>(name: E, payload: PayloadOf<E>): void {
    const params = { ...payload, at: Date.now(), seq: ++this.#seq }
    const text = JSON.stringify({ jsonrpc: '2.0', method: name, params })
    for (const client of this.#server.clients) client.send(text)
  }

  /** Breaks the connections, as the death of a host does. */
  dropClients(): void {
    for (const client of this.#server.clients) client.terminate()
  }

  async stop(): Promise<void> {
    releaseOwner(this.#owner)
    this.dropClients()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #receive(socket: WebSocket, text: string): Promise<void> {
    const { id, method, params } = JSON.parse(text)
    this.calls.push({ method, params })
    try {
      if (!isMethodName(method)) throw new AppError('unknown_method', `no method ${method}`)
      const answer = this.#answers.get(method)
      if (answer === undefined) throw new Error(`the test has no answer to ${method}`)
      const parsed = methods[method].params.parse(params)
      const result = methods[method].result.parse(await answer(parsed as never))
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }))
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('internal', String(error))
      const { code, message, data } = known
      socket.send(
        JSON.stringify({
          jsonrpc: '2.0',
          id,
          error: { code: jsonRpcCodeOf(code), message, data: { ...data, code } },
        }),
      )
    }
  }
}
