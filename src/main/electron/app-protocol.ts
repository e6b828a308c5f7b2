import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'

/** The renderer has an origin of its own, so that `file:` pages and web pages are never taken for it. */
export const APP_ORIGIN = 'app://smart-agents'
export const APP_URL = `${APP_ORIGIN}/index.html`

/** To be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/**
 * No script but our own files and nothing from elsewhere. Styles may be inline, since components
 * that measure themselves write `style` elements.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Answers `app://smart-agents/…` with the files of `rendererDirectory`, and nothing else. */
export function serveRenderer(
  protocol: Pick<Protocol, 'handle'>,
  rendererDirectory: string,
  onError: (message: string) => void,
): void {
  protocol.handle(appScheme.scheme, async (request) => {
    try {
      return await answer(request, rendererDirectory)
    } catch (error) {
      onError(`${request.url} could not be answered: ${messageOf(error)}`)
      return refusal(500, 'the file could not be read')
    }
  })
}

async function answer(request: Request, directory: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'only GET and HEAD are answered')
  }
  const file = await assetPath(directory, request.url)
  if (file === null) return refusal(404, 'there is no such file')
  const type = contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream'
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file))
  return new Response(body, { headers: { ...headers, 'content-type': type } })
}

/**
 * The file that an address of our origin stands for. Null for another origin, for what does not
 * exist, and for what lies outside `directory`, symbolic links followed.
 */
export async function assetPath(directory: string, address: string): Promise<string | null> {
  const url = URL.parse(address)
  if (url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return null
  const name = decoded(url.pathname)
  if (name === null || /[\0\\]/.test(name)) return null
  try {
    const root = await realpath(directory)
    const file = await realpath(path.join(root, name === '/' ? 'index.html' : name))
    const inside = path.relative(root, file)
    if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null
    return (await stat(file)).isFile() ? file : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && isMissing(error.code)) return null
    throw error
  }
}

function isMissing(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A stray percent sign: no file of ours is called like that.
    return null
  }
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...headers, 'content-type': 'text/plain' } })
}
