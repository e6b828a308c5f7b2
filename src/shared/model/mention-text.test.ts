import { expect, it } from 'vitest'
import { mentionOf, mentionsIn } from './mention-text.js'

const tokens = (text: string) => mentionsIn(text).map(({ token }) => token)

it('finds what a text points at, and leaves addresses of mail alone', () => {
  expect(
    tokens('look at @src/main.ts, and (@task_1a). Mail me@example.com @"my file.md"!'),
  ).toEqual(['@src/main.ts', '@task_1a', '@"my file.md"'])
  expect(tokens('@')).toEqual([])
  expect(tokens('see @README.md.')).toEqual(['@README.md'])
  expect(tokens('看 @文档/说明.md')).toEqual(['@文档/说明.md'])
})

it('writes a name so that it is found again', () => {
  for (const name of ['src/a.ts', 'my file.md', 'a(b).ts', 'ends.', 'task_1']) {
    expect(mentionsIn(`x ${mentionOf(name)} y`)).toMatchObject([{ name }])
  }
})
