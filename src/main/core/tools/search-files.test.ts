import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'
import type { ProcessEnd } from '../ports.js'

let bench: ToolBench
beforeEach(async () => {
  bench = await ToolBench.create()
  await bench.put('src/b.ts', 'const b = 1 // TODO: later\n')
  await bench.put('src/a.ts', 'first\n// todo\r\n// TODO now\n--flag\n')
  await bench.put('docs/x.md', 'TODO in prose\n')
})
afterEach(() => bench[Symbol.asyncDispose]())

describe('search_files', () => {
  it('gives path, line and text of each match, in order, and the number of all', async () => {
    expect(await bench.text('search_files', { pattern: 'TODO' })).toBe(
      [
        'docs/x.md:1: TODO in prose',
        'src/a.ts:3: // TODO now',
        'src/b.ts:1: const b = 1 // TODO: later',
        '# 3 matches in 3 files',
      ].join('\n'),
    )
  })

  it('searches a directory, a file, a glob, and without regard to case', async () => {
    const found = async (input: object) =>
      (await bench.text('search_files', { pattern: 'TODO', ...input })).split('\n').at(-1)
    expect(await found({ path: 'src' })).toBe('# 2 matches in 2 files')
    expect(await found({ path: 'src/a.ts' })).toBe('# 1 matches in 1 files')
    expect(await found({ glob: '*.md' })).toBe('# 1 matches in 1 files')
    expect(await found({ path: 'src/a.ts', ignoreCase: true })).toBe('# 2 matches in 1 files')
    expect(await bench.text('search_files', { pattern: 'todo$', path: 'src' })).toBe(
      '# no match for "todo$"',
    )
  })

  it('takes a pattern that looks like a flag, and plain text that looks like a pattern', async () => {
    await bench.put('c.txt', 'a.c\nabc\n(\n')
    expect(await bench.text('search_files', { pattern: '--flag' })).toContain('src/a.ts:4: --flag')
    expect(await bench.text('search_files', { pattern: 'a.c', fixed: true })).toContain('# 1 match')
    expect(await bench.text('search_files', { pattern: '(', fixed: true })).toContain('c.txt:3: (')
    expect(await bench.text('search_files', { pattern: '-e', path: '.' })).toContain('# no match')
  })

  it('gives the reason for a pattern that is none', async () => {
    expect(await bench.error('search_files', { pattern: '(' })).toMatch(
      /^invalid_params: .*unclosed group/s,
    )
    expect(await bench.error('search_files', { pattern: 'a\\nb' })).toMatch(/^invalid_params: /)
    expect(await bench.error('search_files', { pattern: '' })).toMatch(/field pattern/)
    expect(await bench.error('search_files', { pattern: 'a\0b' })).toMatch(/NUL/)
  })

  it('cuts long lines and long lists, and says so', async () => {
    await bench.put('min.js', `${'x'.repeat(5_000)}needle${'y'.repeat(5_000)}\n`)
    const [line = '', last] = (await bench.text('search_files', { pattern: 'needle' })).split('\n')
    expect(line).toMatch(/^min.js:1: x{300}…$/)
    expect(last).toBe('# 1 matches in 1 files')
    await bench.put('many.txt', 'hit\n'.repeat(500))
    const few = (await bench.text('search_files', { pattern: 'hit', maxResults: 3 })).split('\n')
    expect(few).toHaveLength(4)
    expect(few.at(-1)).toBe(
      '# 500 matches in 1 files; cut: the first 3 shown, narrow it down with path or glob',
    )
    await bench.put('wide.txt', `hit${'w'.repeat(290)}\n`.repeat(600))
    const wide = await bench.text('search_files', { pattern: 'hitw', maxResults: 1_000 })
    expect(Buffer.byteLength(wide)).toBeLessThan(64 * 1024)
    expect(wide).toMatch(/# 600 matches in 1 files; cut: the first \d+ shown/)
  })

  it('skips binary files, what is ignored, and what is no part of the project', async () => {
    await bench.put('.gitignore', 'out\n')
    await bench.put('out/a.txt', 'TODO\n')
    await bench.put('node_modules/m/a.txt', 'TODO\n')
    await bench.put('blob.bin', Buffer.from('TODO\n\0TODO\n'))
    expect(await bench.text('search_files', { pattern: 'TODO' })).toContain(
      '# 3 matches in 3 files',
    )
  })

  it.each([
    ['nothing', /^not_found: "nothing" does not exist$/],
    ['/etc', /^forbidden: /],
  ])('says why it cannot search %s', async (path, expected) => {
    expect(await bench.error('search_files', { pattern: 'x', path })).toMatch(expected)
  })

  it('runs as a process of the task, with arguments and no shell', async () => {
    await bench.text('search_files', { pattern: '$(touch owned)' })
    expect(bench.spawned.map((command) => command.kind)).toEqual(['program'])
    expect(await bench.names()).not.toContain('owned')
  })

  const end: ProcessEnd = {
    exitCode: null,
    signal: null,
    endedBy: 'itself',
    durationMs: 1,
    peakMemoryBytes: null,
  }

  it.each([
    ['abort', /^cancelled: /],
    ['spawn_failure', /^internal: .*ripgrep could not be started: no such file/],
  ] as const)('says so when the search ended by %s', async (endedBy, expected) => {
    bench.spawnAs = async () => ({ ...end, endedBy, failure: 'no such file' })
    expect(await bench.error('search_files', { pattern: 'x' })).toMatch(expected)
  })

  it('gives what was found before the limit of the output', async () => {
    bench.spawnAs = async (request) => {
      request.onOutput?.('./src/a.ts\x001:first\n', 'stdout')
      return { ...end, endedBy: 'output_limit' }
    }
    expect(await bench.text('search_files', { pattern: 'x' })).toBe(
      'src/a.ts:1: first\n# 1 matches in 1 files; the search was ended early, there may be more',
    )
  })

  it('goes on past a directory that may not be read', async () => {
    bench.spawnAs = async (request) => {
      request.onOutput?.('rg: ./private: Permission denied (os error 13)\n', 'stderr')
      return { ...end, exitCode: 2 }
    }
    expect(await bench.text('search_files', { pattern: 'x' })).toBe('# no match for "x"')
  })
})
