import { expect, it } from 'vitest'
import { type Blocks, blocksOf, NO_BLOCKS } from './blocks.js'

const SAMPLE = [
  '# Title',
  'Some text that goes\non for two lines.',
  '- one\n- two\n\n- three, loose',
  '1. a\n2. b',
  '```ts\nconst a = 1\n\nconst b = 2\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '> quoted\n> text',
  'Setext\n======',
  '[ref]: https://example.com',
  'An end with [ref].',
].join('\n\n')

const raws = (blocks: Blocks) => blocks.groups.flat().map(({ raw }) => raw.trimEnd())

it('cuts a text that grows as it cuts the whole one, however it comes', () => {
  for (const size of [1, 3, 7, 50]) {
    let blocks = NO_BLOCKS
    for (let end = size; end < SAMPLE.length + size; end += size) {
      blocks = blocksOf(SAMPLE.slice(0, end), blocks)
    }
    expect(raws(blocks)).toEqual(raws(blocksOf(SAMPLE)))
    expect(blocks.links).toEqual({ ref: { href: 'https://example.com', title: undefined } })
  }
  expect(raws(blocksOf(SAMPLE))).toHaveLength(9)
})

it('keeps what is finished as it is', () => {
  const many = Array.from({ length: 60 }, (_, n) => `Paragraph ${n}.`).join('\n\n')
  const before = blocksOf(many)
  const after = blocksOf(`${many} It goes on.`, before)
  expect(after.groups[0]).toBe(before.groups[0])
  expect(after.groups[1]).toBe(before.groups[1])
  expect(raws(after).at(-1)).toBe('Paragraph 59. It goes on.')
})

it('lets a fence grow without reading it again, until it is closed', () => {
  const open = blocksOf('Look:\n\n```js\nlet a')
  const longer = blocksOf('Look:\n\n```js\nlet a = 1\n``', open)
  expect(longer.groups.flat().at(-1)?.fence).toEqual({ language: 'js', codeAt: 6 })
  const closed = blocksOf('Look:\n\n```js\nlet a = 1\n```\n\nDone', longer)
  expect(raws(closed)).toEqual(['Look:', '```js\nlet a = 1\n```', 'Done'])
  expect(closed.fence).toBeNull()
})

it('begins anew where the text is another one', () => {
  expect(raws(blocksOf('b', blocksOf('a\n\nc')))).toEqual(['b'])
})

it('draws a long list in stretches', () => {
  const list = Array.from({ length: 100 }, (_, n) => `${n + 1}. item`).join('\n')
  const cutUp = raws(blocksOf(list))
  expect(cutUp.length).toBeGreaterThan(3)
  expect(cutUp.join('\n')).toBe(list)
})
