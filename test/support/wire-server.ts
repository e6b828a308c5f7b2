import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { releaseOwner, trackOwner } from './leak-check.js'

export interface WireRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** Answers one request with whatever bytes a test wants to see on the wire. */
export type WireAnswer = (response: ServerResponse) => void | Promise<void>

/**
 * A loopback server for what no mock of a provider will send: broken JSON, events out of the
 * ordinary, headers of one's own. Each request takes the next answer.
 */
export class WireServer implements AsyncDisposable {
  readonly requests: WireRequest[] = []
  readonly #answers: WireAnswer[] = []
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #owner = trackOwner('wire server', () => this.#close())

  static async start(): Promise<WireServer> {
    const server = new WireServer()
    const { promise, resolve } = Promise.withResolvers<void>()
    server.#server.listen(0, '127.0.0.1', resolve)
    await promise
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  next(...answers: readonly WireAnswer[]): void {
    this.#answers.push(...answers)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
    releaseOwner(this.#owner)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    this.requests.push({
      path: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
    })
    const answer = this.#answers.shift()
    if (answer === undefined) response.writeHead(500).end('no answer is left')
    else await answer(response)
  }

  #close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#server.closeAllConnections()
    return promise
  }
}

/** A status with a JSON body in the form of the Messages protocol. */
export function refusal(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ type: 'error', error: { type, message } }))
  }
}

/** Events of the Messages protocol, one after another; the connection ends after the last. */
export function eventStream(...events: readonly object[]): WireAnswer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    for (const event of events) response.write(sse(event))
    response.end()
  }
}

export function sse(event: object): string {
  const type = 'type' in event ? String(event.type) : 'message'
  return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`
}
