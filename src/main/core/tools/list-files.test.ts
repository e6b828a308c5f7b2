import { execFileSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { ToolBench } from '../../../../test/support/tool-bench.js'

let bench: ToolBench
beforeEach(async () => {
  bench = await ToolBench.create()
})
afterEach(() => bench[Symbol.asyncDispose]())

/** The entries of a list, without the header and what begins with `#`. */
async function entries(input: object): Promise<readonly string[]> {
  const [header, ...lines] = (await bench.text('list_files', input)).split('\n')
  expect(header).toBe('path\tbytes\tlines')
  return lines.filter((line) => !line.startsWith('#'))
}

async function summary(input: object): Promise<string> {
  return (await bench.text('list_files', input)).split('\n').at(-1) ?? ''
}

describe('list_files', () => {
  it('gives size and lines of each file, then each ending, then the totals', async () => {
    await bench.put('a.ts', 'one\ntwo\n')
    await bench.put('src/b.ts', 'one\ntwo')
    await bench.put('src/empty.ts', '')
    await bench.put('Makefile', 'all:\n')
    await bench.put('logo.png', Buffer.from([0x89, 0x50, 0, 1, 10]))
    expect(await bench.text('list_files', { recursive: true })).toBe(
      [
        'path\tbytes\tlines',
        'Makefile\t5\t1',
        'a.ts\t8\t2',
        'logo.png\t5\tbinary',
        'src/b.ts\t7\t2',
        'src/empty.ts\t0\t0',
        '#\t.ts\t3 files\t15 bytes\t4 lines',
        '#\t(none)\t1 files\t5 bytes\t1 lines',
        '#\t.png\t1 files\t5 bytes\t0 lines',
        '# 5 files, 0 directories, 25 bytes, 5 lines; all shown',
      ].join('\n'),
    )
  })

  it('shows one level with its directories, empty ones too', async () => {
    await bench.put('a.ts', 'x')
    await bench.put('src/deep/b.ts', 'x')
    await mkdir(path.join(bench.workspace, 'hollow'))
    expect(await entries({})).toEqual(['a.ts\t1\t1', 'hollow\t0\tdir', 'src\t0\tdir'])
    expect(await entries({ path: 'src' })).toEqual(['src/deep\t0\tdir'])
    expect(await entries({ glob: '*.ts' })).toEqual(['a.ts\t1\t1', 'src\t0\tdir'])
  })

  it('respects .gitignore without a repository and shows hidden files', async () => {
    await bench.put('.gitignore', 'dist/\n*.log\n')
    await bench.put('dist/a.js', 'x')
    await bench.put('src/trace.log', 'x')
    await bench.put('src/a.ts', 'x')
    await bench.put('.github/ci.yml', 'x')
    await bench.put('.git/config', 'x')
    await bench.put('node_modules/left/index.js', 'x')
    await bench.put('src/node_modules/right/index.js', 'x')
    expect(await entries({ recursive: true })).toEqual([
      '.github/ci.yml\t1\t1',
      '.gitignore\t12\t2',
      'src/a.ts\t1\t1',
    ])
    expect(await entries({})).toEqual(['.github\t0\tdir', '.gitignore\t12\t2', 'src\t0\tdir'])
    expect(await entries({ recursive: true, glob: '*.{ts,log}' })).toEqual(['src/a.ts\t1\t1'])
  })

  it('respects the .gitignore of the repository that the workspace is a part of', async () => {
    execFileSync('git', ['init', '--quiet', bench.root])
    await bench.put('../.gitignore', 'generated/\n')
    await bench.put('generated/a.ts', 'x')
    await bench.put('b.ts', 'x')
    expect(await entries({ recursive: true })).toEqual(['b.ts\t1\t1'])
  })

  it('does not take a .gitignore above for its own without a repository', async () => {
    await bench.put('../.gitignore', '*\n')
    await bench.put('b.ts', 'x')
    expect(await entries({ recursive: true })).toEqual(['b.ts\t1\t1'])
  })

  it('takes globs with directories and without', async () => {
    for (const name of ['src/a.ts', 'src/a.css', 'test/a.ts', '-x.ts']) await bench.put(name, 'x')
    const names = async (glob: string) =>
      (await entries({ recursive: true, glob })).map((line) => line.split('\t')[0])
    expect(await names('*.ts')).toEqual(['-x.ts', 'src/a.ts', 'test/a.ts'])
    expect(await names('src/**/*.{ts,css}')).toEqual(['src/a.css', 'src/a.ts'])
    expect(await names('!*.ts')).toEqual(['src/a.css'])
    expect(await names('*.rs')).toEqual([])
    expect(await bench.error('list_files', { glob: 'a/{b' })).toMatch(/^invalid_params: .*unclosed/)
    expect(await bench.error('list_files', { glob: '*.{' })).toMatch(/^invalid_params: .*unclosed/)
  })

  it('lists the largest first and says what it left out', async () => {
    for (const size of [3, 1, 2]) await bench.put(`${size}.txt`, 'x'.repeat(size))
    expect(await entries({ sort: 'size' })).toEqual(['3.txt\t3\t1', '2.txt\t2\t1', '1.txt\t1\t1'])
    expect(await entries({ sort: 'size', maxEntries: 1 })).toEqual(['3.txt\t3\t1'])
    expect(await summary({ maxEntries: 1 })).toBe(
      '# 3 files, 0 directories, 6 bytes, 3 lines; cut: 1 of 3 entries shown, narrow it down with path or glob',
    )
  })

  it('keeps the totals of a list that is longer than a result may be', async () => {
    const long = 'n'.repeat(200)
    for (let i = 0; i < 400; i++) await bench.put(`${long}-${i}.txt`, 'x\n')
    const text = await bench.text('list_files', { recursive: true, maxEntries: 5_000 })
    expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024)
    expect(text).not.toContain('bytes left out')
    expect(text.split('\n').at(-1)).toMatch(
      /^# 400 files, 0 directories, 800 bytes, 400 lines; cut: 2\d\d of 400 entries shown/,
    )
    expect(text).toContain('#\t.txt\t400 files\t800 bytes\t400 lines')
  })

  it('writes strange names so that a line stays a line', async () => {
    await bench.put('tab\there', 'x')
    await bench.put('line\nbreak', 'x')
    await bench.put('#comment', 'x')
    await bench.put('"quoted"', 'x')
    await bench.put('ä ö', 'x')
    const names = (await entries({})).map((line) => line.split('\t')[0] ?? '')
    expect(names.map((name) => (name.startsWith('"') ? JSON.parse(name) : name)).sort()).toEqual(
      ['tab\there', 'line\nbreak', '#comment', '"quoted"', 'ä ö'].sort(),
    )
  })

  it('does not count what is too large, or all when time is short', async () => {
    await bench.put('huge.txt', Buffer.alloc(9 * 1024 * 1024, 'x\n'))
    expect(await entries({})).toEqual(['huge.txt\t9437184\t-'])
    expect(await summary({})).toContain('; all shown; lines of 1 files not counted')

    const slow = new SimulatedClock()
    const impatient = {
      now: () => {
        slow.advance(3_000)
        return slow.now()
      },
      schedule: slow.schedule.bind(slow),
    }
    await using hurried = await ToolBench.create({ clock: impatient })
    for (const name of ['a', 'b', 'c', 'd']) await hurried.put(name, 'x\n')
    const text = await hurried.text('list_files', {})
    expect(text).toContain('a\t2\t1\n')
    expect(text).toContain('d\t2\t-\n')
    expect(text).toMatch(
      /# 4 files, 0 directories, 8 bytes, 1 lines; .*lines of 3 files not counted/,
    )
  })

  it('does not follow links', async () => {
    await bench.put('src/a.ts', 'x')
    await symlink(bench.root, path.join(bench.workspace, 'up'))
    await symlink('src', path.join(bench.workspace, 'alias'))
    expect(await entries({ recursive: true })).toEqual(['src/a.ts\t1\t1'])
    expect(await bench.error('list_files', { path: 'up' })).toMatch(/^forbidden: /)
  })

  it.each([
    ['nothing', /^not_found: "nothing" does not exist$/],
    ['a.ts', /^invalid_params: "a.ts" is a file; read_file/],
    ['../..', /^forbidden: /],
  ])('says why it cannot list %s', async (given, expected) => {
    await bench.put('a.ts', 'x')
    expect(await bench.error('list_files', { path: given })).toMatch(expected)
  })

  it('is honest about an empty workspace', async () => {
    expect(await bench.text('list_files', { recursive: true })).toBe(
      'path\tbytes\tlines\n# 0 files, 0 directories, 0 bytes, 0 lines; all shown',
    )
  })

  it('says so when the list of names itself was cut', async () => {
    await bench.put('a.ts', 'x')
    await bench.put('b.ts', 'x')
    bench.spawnAs = async (request) => {
      request.onOutput?.('./a.ts\0./b', 'stdout')
      return {
        exitCode: null,
        signal: 'SIGKILL',
        endedBy: 'timeout',
        durationMs: 1,
        peakMemoryBytes: null,
      }
    }
    const text = await bench.text('list_files', {})
    expect(text).toContain('a.ts\t1\t1')
    expect(text).toContain('the search was ended early')
  })
})
