import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './access-check.js'

const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Scripts and data of this host alone; styles may be inline, since components measure themselves. */
export function pageHeaders(request: IncomingMessage): Record<string, string> {
  const policy = [
    "default-src 'self'",
    `connect-src 'self' ws://${request.headers.host ?? ''}`,
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return { ...SAFE_HEADERS, 'content-security-policy': policy.join('; ') }
}

function refusalBody({ code, message }: Refusal): string {
  return `${JSON.stringify({ error: { code, message } })}\n`
}

function refusalHeaders(refusal: Refusal, body: string): Record<string, string> {
  return {
    ...SAFE_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
    ...(refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(refusal.status === 405 ? { allow: 'GET, HEAD' } : {}),
    ...(refusal.status === 426 ? { upgrade: 'websocket' } : {}),
  }
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  const body = refusalBody(refusal)
  response.writeHead(refusal.status, refusalHeaders(refusal, body)).end(body)
}

/** Answers a request to upgrade, for which Node has no response object. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = refusalBody(refusal)
  const headers = Object.entries(refusalHeaders(refusal, body))
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
