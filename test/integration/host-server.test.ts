import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type RunningServer, startServer } from '../../src/main/server/start-server.js'
import { releaseOwner, trackOwner } from '../support/leak-check.js'
import { RpcTestHost } from '../support/rpc-test-host.js'
import { openTestSocket } from '../support/rpc-websocket-client.js'

const token = 'the-token'
let folder: string
let host: RpcTestHost
let server: RunningServer
let owner: ReturnType<typeof trackOwner>

async function start(more: { port?: number; host?: string; heartbeatMs?: number } = {}) {
  const { dispatcher, logger } = host
  const rendererDirectory = join(folder, 'renderer')
  return startServer({
    port: 0,
    host: '127.0.0.1',
    token,
    dispatcher,
    logger,
    rendererDirectory,
    ...more,
  })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-server-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(
    join(folder, 'renderer', 'index.html'),
    '<!doctype html><title>Smart Agents</title>',
  )
  writeFileSync(join(folder, 'renderer', 'assets', 'index-B1a2C3d4.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'renderer', 'link.txt'))
  host = new RpcTestHost()
  server = await start()
  owner = trackOwner('server', () => server.stop())
})

afterEach(async () => {
  await server.stop()
  releaseOwner(owner)
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request with exactly this path and these headers, which `fetch` would tidy up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, path, headers, method },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (text) => {
          body += text
        })
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body }),
        )
      },
    )
    request.on('error', reject)
    request.end()
  })
}

/** The answer to a request to upgrade that is refused. */
function askUpgrade(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('open', () => reject(new Error('the connection was accepted')))
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += String(chunk)
      })
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      )
    })
  })
}

describe('where it can be reached', () => {
  it('tells the address for browsers, with the token where it is not sent, and for programs', () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/#token=${token}`)
    expect(server.wsUrl).toBe(`ws://127.0.0.1:${server.port}/rpc`)
  })

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', ''])('is never %j', async (address) => {
    await expect(start({ host: address })).rejects.toMatchObject({
      code: 'invalid_params',
      message: expect.stringContaining('ssh -L'),
    })
  })

  it.each(['localhost', '127.0.0.2'])('may be %s', async (address) => {
    const other = await start({ host: address })
    try {
      const { socket } = await openTestSocket(other.wsUrl, { authorization: `Bearer ${token}` })
      socket.close()
    } finally {
      await other.stop()
    }
  })

  it('is not a port that another program uses', async () => {
    await expect(start({ port: server.port })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`127.0.0.1:${server.port} is in use`),
    })
  })
})

describe('who may connect', () => {
  it.each([
    ['the token in the address', `/rpc?token=${token}`, {}],
    ['the token in a header', '/rpc', { authorization: `Bearer ${token}` }],
    ['a page of this host', `/rpc?token=${token}`, { origin: 'SELF' }],
    [
      'by the name localhost',
      `/rpc?token=${token}`,
      { host: 'localhost:PORT', origin: 'http://localhost:PORT' },
    ],
  ])('someone with %s', async (_who, path, headers: Record<string, string>) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value.replace('SELF', `http://127.0.0.1:${server.port}`).replace('PORT', `${server.port}`),
      ]),
    )
    const { socket } = await openTestSocket(`ws://127.0.0.1:${server.port}${path}`, filled)
    socket.close()
  })

  it.each([
    ['no token', '/rpc', {}, 401, 'unauthorized'],
    ['a wrong token', '/rpc?token=the-tokem', {}, 401, 'unauthorized'],
    ['half a token', '/rpc?token=the', {}, 401, 'unauthorized'],
    ['an empty token', '/rpc?token=', {}, 401, 'unauthorized'],
    [
      'a page from elsewhere',
      `/rpc?token=${token}`,
      { origin: 'http://evil.example' },
      403,
      'forbidden',
    ],
    ['a page without origin', `/rpc?token=${token}`, { origin: 'null' }, 403, 'forbidden'],
    [
      'a page of another port',
      `/rpc?token=${token}`,
      { origin: 'http://127.0.0.1:1' },
      403,
      'forbidden',
    ],
    [
      'a name that was bent to this host',
      `/rpc?token=${token}`,
      { host: 'evil.example' },
      403,
      'forbidden',
    ],
    ['another path', `/other?token=${token}`, {}, 404, 'not_found'],
  ])('nobody with %s', async (_who, path, headers, status, code) => {
    const answer = await askUpgrade(path, headers)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code, message: expect.any(String) } })
    expect(host.dispatcher.connectionCount()).toBe(0)
    // A page whose socket was refused learns the same by a plain request.
    expect((await ask(path, headers)).status).toBe(status)
  })

  it('needs a WebSocket', async () => {
    expect(await ask(`/rpc?token=${token}`)).toMatchObject({
      status: 426,
      headers: { upgrade: 'websocket' },
    })
  })
})

describe('the pages', () => {
  it('come with their type and a strict policy', async () => {
    const { status, headers, body } = await ask('/')
    expect(status).toBe(200)
    expect(body).toContain('<title>')
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    const policy = headers['content-security-policy']
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`)
    expect(policy).toContain("default-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('are kept by browsers where the name tells the content', async () => {
    const { headers } = await ask('/assets/index-B1a2C3d4.js')
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('answer HEAD without a body, and no other method', async () => {
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask('/', {}, 'POST')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    })
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '//etc/passwd',
    '/%00',
    '/%',
    '/assets',
    '/missing.js',
  ])('do not lead out: %s', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).not.toBe('secret')
  })

  it('are not shown under a foreign name', async () => {
    expect(await ask('/', { host: 'evil.example' })).toMatchObject({ status: 403 })
  })

  it('say how they are built when they are not', async () => {
    rmSync(join(folder, 'renderer'), { recursive: true })
    const { status, body } = await ask('/')
    expect(status).toBe(503)
    expect(body).toContain('npm run build')
  })
})

describe('a connection', () => {
  const closed = (socket: WebSocket) =>
    new Promise<{ code: number; reason: string }>((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
    })

  it('takes text frames only', async () => {
    const { socket } = await openTestSocket(`${server.wsUrl}?token=${token}`)
    socket.send(Buffer.from('{}'))
    expect(await closed(socket)).toMatchObject({
      code: 1003,
      reason: expect.stringContaining('text'),
    })
  })

  it.each([
    [9, /^a request must have at most \d+ characters/],
    [17, /^message larger than 16777216 bytes$/],
  ])('ends with 1009 and says why when a message of %i MB comes', async (megabytes, why) => {
    const tooMuch = await openTestSocket(`${server.wsUrl}?token=${token}`)
    tooMuch.socket.send('x'.repeat(megabytes * 1024 * 1024))
    const { code, reason } = await closed(tooMuch.socket)
    expect(code).toBe(1009)
    expect(reason).toMatch(why)
    const { socket, transport } = await openTestSocket(`${server.wsUrl}?token=${token}`)
    transport.send('{"jsonrpc":"2.0","id":1,"method":"chat.create"}')
    await new Promise((resolve) => socket.once('message', resolve))
    socket.close()
  })

  it('is dropped when nobody answers at the other end', async () => {
    const other = await start({ heartbeatMs: 20 })
    const dead = await openTestSocket(`${other.wsUrl}?token=${token}`)
    const alive = await openTestSocket(`${other.wsUrl}?token=${token}`)
    const pinged = new Promise((resolve) => alive.socket.once('ping', resolve))
    dead.socket.pause()
    await pinged
    while (host.dispatcher.connectionCount() > 1) await new Promise((r) => setImmediate(r))
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
    dead.socket.terminate()
    await other.stop()
  })

  it('hears why when the host ends, and does not hold it up', async () => {
    const polite = await openTestSocket(`${server.wsUrl}?token=${token}`)
    const stuck = await openTestSocket(`${server.wsUrl}?token=${token}`)
    stuck.socket.pause()
    const halfOpen = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => halfOpen.once('connect', resolve))
    halfOpen.write('GET / HTTP/1.1\r\n')
    const goodbye = closed(polite.socket)
    await server.stop()
    expect(await goodbye).toEqual({ code: 1001, reason: 'the host has ended' })
    expect(host.dispatcher.connectionCount()).toBe(0)
    stuck.socket.terminate()
    halfOpen.destroy()
  })
})
