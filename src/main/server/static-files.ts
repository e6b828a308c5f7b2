import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, isAbsolute, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pageHeaders, refuse } from './http-answers.js'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** The build puts a hash of the content into the names of these. */
const HASHED = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/

/** Answers GET and HEAD with the files of a folder, and with nothing outside it. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  folder: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const message = `only GET and HEAD are answered, not ${request.method}`
    refuse(response, { status: 405, code: 'invalid_params', message })
    return
  }
  const file = await fileAt(folder, pathname)
  if (file === null) {
    refuse(response, await describeMissing(folder, pathname))
    return
  }
  response.writeHead(200, {
    ...pageHeaders(request),
    'content-type': CONTENT_TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': String(file.size),
    'cache-control': HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

async function fileAt(
  folder: string,
  pathname: string,
): Promise<{ readonly path: string; readonly size: number } | null> {
  const name = decoded(pathname)
  if (name === null || /[\0\\]/.test(name)) return null
  try {
    const root = await realpath(folder)
    // Links are followed first, so that none of them leads out.
    const path = await realpath(join(root, name === '/' ? 'index.html' : name))
    const inside = relative(root, path)
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null
    const facts = await stat(path)
    return facts.isFile() ? { path, size: facts.size } : null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}

async function describeMissing(folder: string, pathname: string) {
  const isBuilt = (await fileAt(folder, '/')) !== null
  return isBuilt
    ? ({ status: 404, code: 'not_found', message: `there is no ${pathname}` } as const)
    : ({
        status: 503,
        code: 'invalid_state',
        message: 'the pages are not built: run npm run build',
      } as const)
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A stray percent sign: no file of ours is called like that.
    return null
  }
}
