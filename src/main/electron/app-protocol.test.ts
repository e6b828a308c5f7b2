import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Protocol } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APP_ORIGIN, serveRenderer } from './app-protocol.js'

let folder: string
let handler: Parameters<Protocol['handle']>[1]
const problems: string[] = []

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'app-protocol-'))
  const renderer = path.join(folder, 'renderer')
  mkdirSync(path.join(renderer, 'assets'), { recursive: true })
  writeFileSync(path.join(renderer, 'index.html'), '<!doctype html>')
  writeFileSync(path.join(renderer, 'assets/a b.js'), 'void 0')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  symlinkSync(path.join(folder, 'secret.txt'), path.join(renderer, 'link.txt'))
  problems.length = 0
  const handle: Protocol['handle'] = (_scheme, given) => {
    handler = given
  }
  serveRenderer({ handle }, renderer, (message) => problems.push(message))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  expect(problems).toEqual([])
})

async function get(address: string, method = 'GET') {
  const response = await handler(new Request(address, { method }))
  return { response, text: await response.text() }
}

describe('app://', () => {
  it('serves the page with a strict policy', async () => {
    for (const name of ['/', '/index.html', '/index.html?x#y']) {
      const { response, text } = await get(APP_ORIGIN + name)
      expect([response.status, text]).toEqual([200, '<!doctype html>'])
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('tells the type of a file, and decodes its name', async () => {
    const { response, text } = await get(`${APP_ORIGIN}/assets/a%20b.js`)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(text).toBe('void 0')
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/nothing.js',
    '/assets',
    '/assets/',
    '/index.html/x',
    '/%00',
    '/%',
  ])('serves nothing for %s', async (name) => {
    const { response, text } = await get(APP_ORIGIN + name)
    expect([response.status, text]).toEqual([404, 'there is no such file'])
  })

  it('serves no other host and no other method', async () => {
    expect((await get('app://elsewhere/index.html')).response.status).toBe(404)
    expect((await get(`${APP_ORIGIN}/index.html`, 'POST')).response.status).toBe(405)
    expect((await get(`${APP_ORIGIN}/index.html`, 'HEAD')).text).toBe('')
  })
})
