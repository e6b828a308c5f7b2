import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { ErrorCode } from '../../shared/rpc/errors.js'
import { authorityOf } from './listen-address.js'

/** Why a request is turned away before anything of it is looked at. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 426 | 503
  readonly code: ErrorCode
  readonly message: string
}

export interface AccessRules {
  readonly address: string
  readonly port: number
  readonly token: string
}

/** What every request must show: that it was addressed to this host by one of its own names. */
export function checkHost(headers: IncomingHttpHeaders, rules: AccessRules): Refusal | null {
  const names = ['127.0.0.1', 'localhost', '::1', rules.address]
  const allowed = names.map((name) => authorityOf(name, rules.port))
  // A page that let its own name point here (DNS rebinding) is told apart by the name it used.
  if (headers.host !== undefined && allowed.includes(headers.host.toLowerCase())) return null
  return {
    status: 403,
    code: 'forbidden',
    message: `Host: must be ${allowed[0]}, not ${headers.host ?? 'absent'}`,
  }
}

/** A browser names the page that connects; programs name none. */
export function checkOrigin(headers: IncomingHttpHeaders): Refusal | null {
  const { origin, host } = headers
  if (origin === undefined || origin === `http://${host}`) return null
  return {
    status: 403,
    code: 'forbidden',
    message: `Origin: only pages of http://${host} may connect, not ${origin}`,
  }
}

export function checkToken(
  headers: IncomingHttpHeaders,
  url: URL,
  rules: AccessRules,
): Refusal | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const token = bearer ?? url.searchParams.get('token')
  if (token !== null && isSame(token, rules.token)) return null
  const message =
    token === null
      ? 'a token is needed: as ?token=… or as Authorization: Bearer …; host.json in the data directory holds it'
      : 'the token is wrong: host.json in the data directory holds the one of this host'
  return { status: 401, code: 'unauthorized', message }
}

/** Takes the same time wherever two texts differ, and whatever their lengths. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
