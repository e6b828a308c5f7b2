import { expect, it } from 'vitest'
import { de } from '../../text/de/index.js'
import { en } from '../../text/en/index.js'
import { allSettings, findSettings, SECTION_IDS, sectionFrom } from './setting-index.js'

it.each([
  ['theme', ['theme']],
  ['cpu', ['cpuThreshold']],
  ['  DARK  ', ['theme']],
  ['at once builds', ['maxConcurrentBuilds']],
  ['nonsense', []],
  ['', []],
])('finds by %j %j', (query, items) => {
  expect(findSettings(query, en).map(({ item }) => item)).toEqual(items)
})

it('finds by the words of the language, and by the names that programs use', () => {
  expect(findSettings('Sprache', de)[0]?.item).toBe('language')
  expect(findSettings('keepAwake', de).map(({ item }) => item)).toEqual(['keepAwake'])
})

it('puts what the title says before what only the hint says', () => {
  const found = findSettings('worktree', en)
  expect(found[0]?.item).toBe('isolateInGit')
})

it('has something in every section', () => {
  const filled = new Set(allSettings(en).map(({ section }) => section))
  expect([...filled].sort()).toEqual([...SECTION_IDS].sort())
  expect(sectionFrom('nowhere')).toBe('model')
})
