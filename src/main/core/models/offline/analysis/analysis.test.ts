import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines } from '../../../text/line-diff.js'
import { type ListedFile, parseListing } from '../tool-text.js'
import { authorsOf, commitsIn, hotspotsIn } from './git-history.js'
import { endingOf, languagesOf } from './languages.js'
import { ModuleGraph } from './module-graph.js'
import { pythonEdges } from './python-imports.js'
import { scriptEdges } from './script-imports.js'
import { directoriesOf, largestByBytes, largestByLines } from './sizes.js'
import { isTestFile, testRatioOf } from './test-ratio.js'
import { countsByTag, todosIn } from './todos.js'

const file = (path: string, bytes = 10, lines: number | null = 1): ListedFile => ({
  path,
  bytes,
  lines,
  binary: lines === null,
})
const hit = (path: string, text: string, line = 1) => ({ path, line, text })

describe('languages', () => {
  it.each([
    ['src/a.test.TS', '.ts'],
    ['.gitignore', ''],
    ['Makefile', ''],
    ['a.b/c', ''],
    ['x.tar.gz', '.gz'],
  ])('the ending of %s is %j', (path, ending) => {
    expect(endingOf(path)).toBe(ending)
  })

  it('joins endings and keeps unknown ones by their name', () => {
    const listing = parseListing('a.ts\t10\t5\nb.tsx\t10\t5\nc.weird\t1\t1\nMakefile\t4\t2')
    expect(languagesOf(listing).map(({ name, files, lines }) => [name, files, lines])).toEqual([
      ['TypeScript', 2, 10],
      ['no ending', 1, 2],
      ['.weird', 1, 1],
    ])
  })
})

describe('sizes', () => {
  const files = [
    file('src/b.ts', 5, 9),
    file('src/a.ts', 5, null),
    file('x', 9, 2),
    file('src/d/e.ts', 1, 1),
  ]

  it('ranks, with limits', () => {
    expect(largestByBytes(files).map(({ path }) => path)).toEqual([
      'x',
      'src/a.ts',
      'src/b.ts',
      'src/d/e.ts',
    ])
    expect(largestByBytes(files, { unit: 'bytes', value: 6 })).toHaveLength(1)
    expect(largestByLines(files, { unit: 'lines', value: 2 }).map(({ path }) => path)).toEqual([
      'src/b.ts',
      'x',
    ])
  })

  it('groups one level below a folder', () => {
    expect(directoriesOf(files, '.').map(({ path, files: n }) => [path, n])).toEqual([
      ['src', 3],
      ['.', 1],
    ])
    expect(directoriesOf(files.slice(0, 2), 'src').map(({ path }) => path)).toEqual(['src'])
  })
})

describe('tests and code', () => {
  it.each([
    ['src/a.test.ts', true],
    ['test/a.ts', true],
    ['pkg/a_test.go', true],
    ['tests/test_a.py', true],
    ['test_a.py', true],
    ['src/FooTest.java', true],
    ['src/contest.ts', false],
    ['src/latest/a.ts', false],
  ])('%s: %s', (path, expected) => {
    expect(isTestFile(path)).toBe(expected)
  })

  it('counts code only', () => {
    const ratio = testRatioOf([
      file('a.ts', 1, 10),
      file('a.test.ts', 1, 5),
      file('data.json', 1, 999),
    ])
    expect(ratio).toEqual({ testFiles: 1, testLines: 5, codeFiles: 1, codeLines: 10, ratio: 0.5 })
    expect(testRatioOf([]).ratio).toBeNull()
  })
})

describe('todos', () => {
  it('puts comments first and FIXME before TODO', () => {
    const todos = todosIn([
      hit('b.ts', "const s = 'TODO'", 9),
      hit('b.ts', '// TODO: later */', 2),
      hit('a.py', '# FIXME now', 3),
      hit('a.py', '# TODOS are no tag', 4),
    ])
    expect(todos.map(({ tag, path, line, text }) => [tag, path, line, text])).toEqual([
      ['FIXME', 'a.py', 3, 'FIXME now'],
      ['TODO', 'b.ts', 2, 'TODO: later'],
      ['TODO', 'b.ts', 9, "TODO'"],
    ])
    expect(countsByTag(todos)).toEqual([
      { tag: 'TODO', count: 2 },
      { tag: 'FIXME', count: 1 },
    ])
  })
})

describe('imports of JavaScript and TypeScript', () => {
  it.each([
    ['src/a.ts', "import { b } from './b.js'", 'src/b', false],
    ['src/a.ts', "import type { B } from '../lib/b.js'", 'lib/b', true],
    ['src/a.ts', "export * from './dir/index.js'", 'src/dir', false],
    ['src/a.ts', "const b = require('./b')", 'src/b', false],
    ['src/a.ts', "await import('./b.mjs')", 'src/b', false],
    ['src/x/a.ts', "import b from '@/lib/b'", 'src/lib/b', false],
    ['packages/app/src/x/a.ts', "import b from '@/b'", 'packages/app/src/b', false],
    ['src/a.ts', "import './a.css'", null, false],
    ['src/a.ts', "import x from '../../outside.js'", null, false],
    ['src/a.ts', "// import { b } from './b.js'", null, false],
    ['src/a.ts', "import x from 'react'", null, false],
    ['src/a.ts', "import './b.js?worker'", 'src/b', false],
  ])('%s: %s', (path, text, to, typeOnly) => {
    const edges = scriptEdges([hit(path, text)])
    expect(edges).toEqual(to === null ? [] : [{ from: path.replace(/\.ts$/, ''), to, typeOnly }])
  })

  it('knows the last line of a type import that spans several', () => {
    const edges = scriptEdges([
      hit('a.ts', 'import type {', 1),
      hit('a.ts', "} from './b.js'", 3),
      hit('a.ts', "} from './c.js'", 6),
    ])
    expect(edges.map((edge) => edge.typeOnly)).toEqual([true, false])
  })
})

describe('imports of Python', () => {
  it('finds local modules, relative and from a source root', () => {
    const edges = pythonEdges([
      hit('src/app/a.py', 'from .b import thing'),
      hit('src/app/b.py', 'import app.a, os'),
      hit('src/app/b.py', 'from app import a  # again'),
      hit('src/app/sub/c.py', 'from ..b import x'),
      hit('src/app/a.py', 'import json'),
    ])
    expect(edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'src/app/a > src/app/b',
      'src/app/b > src/app/a',
      'src/app/b > src/app/a',
      'src/app/sub/c > src/app/b',
    ])
  })
})

describe('the module graph', () => {
  const graph = (...pairs: string[]) =>
    new ModuleGraph(
      pairs.map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '', typeOnly: false })),
    )

  it('finds groups of modules that reach each other, and a way round', () => {
    const cycles = graph('ab', 'bc', 'ca', 'cd', 'de', 'ed', 'ff', 'gh')
    expect(cycles.components()).toEqual([['a', 'b', 'c'], ['d', 'e'], ['f']])
    expect(cycles.shortestCycle(['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'a'])
    expect(cycles.shortestCycle(['f'])).toEqual(['f', 'f'])
    expect(graph('ab', 'bc').components()).toEqual([])
  })

  it('survives a chain of 50,000 modules', () => {
    const edges = Array.from({ length: 50_000 }, (_, n) => ({
      from: `m${n}`,
      to: `m${n + 1}`,
      typeOnly: false,
    }))
    expect(new ModuleGraph(edges).components()).toEqual([])
    const ring = [...edges, { from: 'm50000', to: 'm0', typeOnly: false }]
    expect(new ModuleGraph(ring).components()[0]).toHaveLength(50_001)
  })

  it('agrees with reachability, for any graph', () => {
    const node = fc.integer({ min: 0, max: 7 }).map(String)
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 20 }), (pairs) => {
        const subject = new ModuleGraph(pairs.map(([from, to]) => ({ from, to, typeOnly: false })))
        const reaches = (from: string, to: string) => {
          const seen = new Set<string>()
          const stack = [...subject.targetsOf(from)]
          for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
            if (seen.has(at)) continue
            seen.add(at)
            stack.push(...subject.targetsOf(at))
          }
          return seen.has(to)
        }
        const inCycle = new Set(subject.components().flat())
        for (const name of new Set(pairs.flat()))
          expect(inCycle.has(name)).toBe(reaches(name, name))
        for (const group of subject.components()) {
          const cycle = subject.shortestCycle(group)
          expect(cycle[0]).toBe(cycle.at(-1))
          for (const [index, at] of cycle.slice(0, -1).entries()) {
            expect(subject.targetsOf(at).has(cycle[index + 1] ?? '')).toBe(true)
          }
        }
      }),
    )
  })
})

describe('git history', () => {
  it('reads commits, authors and hot files', () => {
    const unit = '\u001f'
    const commits = commitsIn(
      [
        `abc1234${unit}2026-01-02${unit}Ann${unit}Fix: a\tb${unit}c`,
        'noise',
        `def5678${unit}2026-01-01${unit}Bob${unit}`,
      ].join('\n'),
    )
    expect(commits.map((commit) => commit.subject)).toEqual(['Fix: a\tb c', ''])
    expect(authorsOf(commits)).toEqual([
      { author: 'Ann', commits: 1 },
      { author: 'Bob', commits: 1 },
    ])
    expect(hotspotsIn('a.ts\nb.ts\n\na.ts\n[… 3 bytes left out …]\n')[0]).toEqual({
      path: 'a.ts',
      commits: 2,
    })
  })
})

describe('the difference of two texts', () => {
  it.each([
    ['', '', 0, 0, 0],
    ['a\nb\nc', 'a\nb\nc\n', 0, 0, 3],
    ['a\nb\nc', 'a\nx\nc', 1, 1, 2],
    ['', 'a\nb', 2, 0, 0],
    ['a\nb', '', 0, 2, 0],
    ['a\nb\nc\nd', 'b\nd\ne', 1, 2, 2],
  ])('%j and %j', (left, right, added, removed, same) => {
    expect(diffLines(left, right)).toMatchObject({ added, removed, same, approximate: false })
  })

  it('tells the changed lines with their numbers', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc').excerpt).toEqual(['-2: b', '+2: x'])
  })

  it('adds up for any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 })
    fc.assert(
      fc.property(text, text, (left, right) => {
        const count = (lines: readonly string[]) =>
          lines.join('\n') === '' ? 0 : lines.join('\n').replace(/\n$/, '').split('\n').length
        const { added, removed, same } = diffLines(left.join('\n'), right.join('\n'))
        expect(same + removed).toBe(count(left))
        expect(same + added).toBe(count(right))
      }),
    )
  })

  it('gives up on a shortest way between texts that share nothing', () => {
    const lines = (word: string) =>
      Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join('\n')
    expect(diffLines(lines('a'), lines('b'))).toMatchObject({
      added: 3_000,
      removed: 3_000,
      approximate: true,
    })
  })
})
