import { describe, expect, it } from 'vitest'
import { parseCommandResult, parseFileText, parseListing, parseSearch } from './tool-text.js'

describe('lists of files', () => {
  it('reads entries, endings and totals', () => {
    const listing = parseListing(
      [
        'path\tbytes\tlines',
        'src\t0\tdir',
        'src/a.ts\t120\t7',
        'logo.png\t2048\tbinary',
        'huge.sql\t99999999\t-',
        '"od\\td\\n.txt"\t3\t1',
        'größe 文件.md\t5\t1',
        '#\t.ts\t1 files\t120 bytes\t7 lines',
        '# 5 files, 1 directories, 100002175 bytes, 9 lines; all shown',
      ].join('\n'),
    )
    expect(listing.directories).toEqual(['src'])
    expect(listing.files.map((file) => [file.path, file.bytes, file.lines, file.binary])).toEqual([
      ['src/a.ts', 120, 7, false],
      ['logo.png', 2048, null, true],
      ['huge.sql', 99999999, null, false],
      ['od\td\n.txt', 3, 1, false],
      ['größe 文件.md', 5, 1, false],
    ])
    expect(listing.endings).toEqual([{ ending: '.ts', files: 1, bytes: 120, lines: 7 }])
    expect(listing.totals).toEqual({ files: 5, bytes: 100002175, lines: 9 })
    expect(listing.cut).toBeNull()
  })

  it('says what was cut, by the tool or on the way', () => {
    const cut = parseListing(
      'a\t1\t1\n# 9 files, 0 directories, 9 bytes, 9 lines; cut: 1 of 9 entries shown',
    )
    expect(cut.cut).toBe('cut: 1 of 9 entries shown')
    expect(cut.totals.files).toBe(9)
    expect(parseListing('a\t1\t1\n[… 500 bytes left out …]\nb\t1\t1').cut).toContain('left out')
  })

  it.each(['', 'nonsense', '\t\t\t', '#', '# \n#\t', 'a\tb\tc', '"\t1\t1', 'path\tbytes\tlines'])(
    'makes nothing of %j',
    (text) => {
      expect(parseListing(text).totals.files).toBe(parseListing(text).files.length)
    },
  )
})

describe('search results', () => {
  it('reads places and totals', () => {
    const found = parseSearch(
      'src/a.ts:3: x: 1:2: y\nb:12: \nodd.ts:1:\n# 7 matches in 3 files; cut: the first 3 shown',
    )
    expect(found.hits).toEqual([
      { path: 'src/a.ts', line: 3, text: 'x: 1:2: y' },
      { path: 'b', line: 12, text: '' },
      { path: 'odd.ts', line: 1, text: '' },
    ])
    expect([found.total, found.files, found.cut]).toEqual([7, 3, 'cut: the first 3 shown'])
  })

  it('knows that nothing was found', () => {
    expect(parseSearch('# no match for "3 matches in 9 files"').hits).toEqual([])
  })
})

describe('texts of files', () => {
  it.each([
    ['a.json (lines 1-1 of 1, 2 bytes)\n\n{}', '{}', false],
    ['a.json (empty, 0 bytes)\n\n', '', false],
    [
      'a (1) (lines 1-2 of 9, 2 bytes, CRLF line endings)\n\nx\n\ny\n[… go on with offset 3]',
      'x\n\ny',
      true,
    ],
    ['no header', 'no header', false],
  ])('%j', (result, text, cut) => {
    expect(parseFileText(result)).toEqual({ text, cut })
  })
})

describe('ends of commands', () => {
  it.each([
    ['exit code 0 after 1.5 s\nfine\n\nmore', 0, 1.5, 'fine\n\nmore'],
    ['exit code 127 after 0.0 s\n(no output)', 127, 0, ''],
    ['exit code -1 after 0.1 s\n\nx', -1, 0.1, 'x'],
    ['ended by signal SIGKILL after 2.0 s\nx', null, 2, 'x'],
    [
      'timeout: the command was ended after 600 s with everything it had started\nx',
      null,
      600,
      'x',
    ],
    ['', null, null, ''],
  ])('%j', (result, exitCode, durationSeconds, output) => {
    expect(parseCommandResult(result)).toMatchObject({ exitCode, durationSeconds, output })
  })
})
