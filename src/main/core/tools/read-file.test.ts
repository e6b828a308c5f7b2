import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'

let bench: ToolBench
beforeEach(async () => {
  bench = await ToolBench.create()
})
afterEach(() => bench[Symbol.asyncDispose]())

describe('read_file', () => {
  it('gives the text under a header', async () => {
    await bench.put('src/a.ts', 'one\ntwo\n')
    expect(await bench.text('read_file', { path: 'src/a.ts' })).toBe(
      'src/a.ts (lines 1-2 of 2, 8 bytes)\n\none\ntwo\n',
    )
  })

  it('gives a part, and says how to go on', async () => {
    await bench.put('a.txt', '1\n2\n3\n4\n5')
    expect(await bench.text('read_file', { path: 'a.txt', offset: 2, limit: 2 })).toBe(
      'a.txt (lines 2-3 of 5, 9 bytes)\n\n2\n3\n[… go on with offset 4]',
    )
    expect(await bench.text('read_file', { path: 'a.txt', offset: 4 })).toBe(
      'a.txt (lines 4-5 of 5, 9 bytes)\n\n4\n5',
    )
    expect(await bench.error('read_file', { path: 'a.txt', offset: 6 })).toBe(
      'invalid_params: field offset: "a.txt" has only 5 lines',
    )
  })

  it('reads an empty file', async () => {
    await bench.put('empty', '')
    expect(await bench.text('read_file', { path: 'empty' })).toBe('empty (empty, 0 bytes)\n\n')
  })

  it('can be read through to the end by its own hints, character for character', async () => {
    const text = Array.from({ length: 6_000 }, (_, n) => `${n}: ${'ä€😀'.repeat(n % 40)}`).join(
      '\n',
    )
    await bench.put('long.txt', text)
    const parts: string[] = []
    for (let offset: number | null = 1; offset !== null; ) {
      const part: string = await bench.text('read_file', { path: 'long.txt', offset })
      expect(Buffer.byteLength(part)).toBeLessThan(64 * 1024)
      const hint: RegExpExecArray | null = /\[… go on with offset (\d+)\]$/u.exec(part)
      const body = part.slice(part.indexOf('\n\n') + 2)
      parts.push(hint === null ? body : body.slice(0, -hint[0].length))
      offset = hint === null ? null : Number(hint[1])
    }
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.join('')).toBe(text)
  })

  it('cuts a line that is longer than a call, at a character, and goes on after it', async () => {
    await bench.put('min.js', `${'€'.repeat(50_000)}\nlast\n`)
    const text = await bench.text('read_file', { path: 'min.js' })
    expect(text).toContain('(lines 1-1 of 2, ')
    expect(text).not.toContain('\ufffd')
    expect(text).toMatch(/€\n\[… line 1 is cut here, .*, offset 2 goes on after it\]$/u)
    await bench.put('one.js', 'x'.repeat(70_000))
    expect(await bench.text('read_file', { path: 'one.js' })).toMatch(
      /search_files finds text in it\]$/,
    )
  })

  it('shows line feeds for Windows line endings, and says so', async () => {
    await bench.put('dos.txt', 'a\r\nb\r\n')
    expect(await bench.text('read_file', { path: 'dos.txt' })).toBe(
      'dos.txt (lines 1-2 of 2, 6 bytes, CRLF line endings)\n\na\nb\n',
    )
  })

  it('does not scan a huge file to its end', async () => {
    const file = await open(path.join(bench.workspace, 'huge.txt'), 'w')
    const block = Buffer.alloc(1024 * 1024, 'line\n')
    for (let i = 0; i < 65; i++) await file.write(block)
    await file.close()
    const text = await bench.text('read_file', { path: 'huge.txt', limit: 1 })
    expect(text).toBe(
      `huge.txt (lines 1-1 of many, ${65 * 1024 * 1024} bytes)\n\nline\n[… go on with offset 2]`,
    )
  })

  it.each([
    ['blob.bin', /^invalid_params: "blob.bin" is a binary file of 3 bytes$/],
    ['dir', /^invalid_params: "dir" is a directory; list_files/],
    ['.', /^invalid_params: "\." is a directory; list_files/],
    ['nothing', /^not_found: "nothing" does not exist$/],
    ['blob.bin/x', /^invalid_params: .*through a file/],
    ['../x', /^forbidden: /],
    ['a\0b', /^forbidden: /],
    ['', /^invalid_params: /],
    ['n'.repeat(300), /^invalid_params: .*too long/],
  ])('says why it cannot read %j', async (given, expected) => {
    await bench.put('blob.bin', Buffer.from([1, 0, 2]))
    await mkdir(path.join(bench.workspace, 'dir'))
    expect(await bench.error('read_file', { path: given })).toMatch(expected)
  })
})
