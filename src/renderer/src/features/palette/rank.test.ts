import { expect, it } from 'vitest'
import { bestFor, type PaletteItem, ranked } from './rank.js'
import { used, weightOf } from './usage.js'

const DAY = 86_400_000

function item(id: string, group: PaletteItem['group'], title: string): PaletteItem {
  return { id, group, title, run: () => undefined }
}

const ITEMS = [
  item('a', 'commands', 'Show all tasks'),
  item('b', 'commands', 'Show the history'),
  item('c', 'tasks', 'Run the tests'),
  item('d', 'here', 'Cancel the tests'),
]

const idsOf = (query: string, uses = {}) =>
  ranked(ITEMS, query, { uses, now: 0 }).map(({ group, items }) => [
    group,
    ...items.map(({ id }) => id),
  ])

it('shows what can be done here, what was used of late, and the commands', () => {
  expect(idsOf('')).toEqual([
    ['here', 'd'],
    ['commands', 'a', 'b'],
  ])
  expect(idsOf('', { b: { weight: 1, at: 0 } })).toEqual([
    ['here', 'd'],
    ['recent', 'b'],
    ['commands', 'a'],
  ])
})

it('ranks by what fits, then by use', () => {
  expect(idsOf('tests').flat()).toEqual(['here', 'd', 'tasks', 'c'])
  expect(idsOf('show')).toEqual([['commands', 'a', 'b']])
  expect(idsOf('show', { b: { weight: 3, at: 0 } })).toEqual([['commands', 'b', 'a']])
  expect(idsOf('nothing of that')).toEqual([])
})

it('keeps what the host found by other words than the title', () => {
  const found = { ...item('x', 'tasks', 'Nightly build'), isFound: true }
  const [group] = ranked([...ITEMS, found], 'out of memory', { uses: {}, now: 0 })
  expect(group?.items).toEqual([found])
})

it('takes nothing for the best that the host found by other words than those typed by now', () => {
  const found = { ...item('x', 'tasks', 'Nightly build'), isFound: true }
  const standing = { uses: {}, now: 0 }
  expect(bestFor([found], 'out of paper', standing)).toBeUndefined()
  expect(bestFor([found, ...ITEMS], 'history', standing)?.id).toBe('b')
  expect(bestFor([found], 'nightly', standing)?.id).toBe('x')
})

it('forgets by halves, and the least first', () => {
  const uses = used(used({}, 'a', 0), 'a', 14 * DAY)
  expect(weightOf(uses, 'a', 14 * DAY)).toBe(1.5)
  expect(weightOf(uses, 'a', 28 * DAY)).toBe(0.75)
  let many = {}
  for (let index = 0; index <= 200; index++) many = used(many, `n${index}`, index * DAY)
  expect(Object.keys(many)).toHaveLength(200)
  expect(many).not.toHaveProperty('n0')
})
