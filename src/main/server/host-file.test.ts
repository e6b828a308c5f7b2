import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readHostFile, removeHostFile, writeHostFile } from './host-file.js'

const info = {
  url: 'http://127.0.0.1:1/#token=t',
  wsUrl: 'ws://127.0.0.1:1/rpc',
  token: 't',
  pid: 1,
  startedAt: 2,
}
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-file-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('host.json', () => {
  it('tells how to reach the owner, to its user alone', () => {
    writeHostFile(folder, info)
    writeHostFile(folder, { ...info, pid: 3 })
    expect(readHostFile(folder)).toEqual({ ...info, pid: 3 })
    expect(readdirSync(folder)).toEqual(['host.json'])
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, 'host.json')).mode & 0o777).toBe(0o600)
    }
  })

  it('may be missing, or be of no use', () => {
    expect(readHostFile(folder)).toBeNull()
    for (const text of ['', '{', '{"url":"x"}', 'null']) {
      writeFileSync(join(folder, 'host.json'), text)
      expect(readHostFile(folder)).toBeNull()
    }
    removeHostFile(folder)
    removeHostFile(folder)
    expect(readdirSync(folder)).toEqual([])
  })
})
