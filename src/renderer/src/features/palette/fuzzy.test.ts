import { expect, it } from 'vitest'
import { fuzzyScore } from './fuzzy.js'

it.each([
  ['hist', 'Show the history'],
  ['HISTORY show', 'Show the history'],
  ['sth', 'Show the history'],
  ['ubers', 'Überblick zeigen, Übersicht'],
  ['歷史', '顯示歷史'],
])('finds %j in %j', (query, text) => {
  expect(fuzzyScore(query, text)).toBeGreaterThan(0)
})

it.each([
  ['xyz', 'Show the history'],
  ['hist tasks', 'Show the history'],
  ['oty', 'Show the history'],
  ['', 'anything'],
])('does not find %j in %j', (query, text) => {
  expect(fuzzyScore(query, text)).toBe(0)
})

it('puts a beginning before a word, a word before a part of one, and that before scattered letters', () => {
  const texts = ['task list', 'the task', 'multitasking', 'the angry school kids']
  const scores = texts.map((text) => fuzzyScore('task', text))
  expect([...scores].sort((a, b) => b - a)).toEqual(scores)
  expect(new Set(scores).size).toBe(4)
})
