import { expect, it } from 'vitest'
import { BestPaths, costOf } from './rank-paths.js'

const PATHS = [
  'src/main/index.ts',
  'src/main/chat/chat-service.ts',
  'test/chat.test.ts',
  'index.ts',
]

function best(query: string, limit = 10): string[] {
  const paths = new BestPaths(query, limit)
  for (const path of PATHS) paths.add(path)
  return paths.take().map(({ path, kind }) => (kind === 'folder' ? `${path}/` : path))
}

it('puts names before folders, and what stands together before what is strewn', () => {
  expect(best('index').slice(0, 2)).toEqual(['index.ts', 'src/main/index.ts'])
  expect(best('chat')[0]).toBe('src/main/chat/')
  expect(best('chserv')[0]).toBe('src/main/chat/chat-service.ts')
  expect(best('zz')).toEqual([])
  expect(best('', 2)).toEqual(['src/', 'test/'])
})

it('takes letters in their order, in either case', () => {
  expect(costOf('Readme.md', 'README')).not.toBeNull()
  expect(costOf('abc', 'cab')).toBeNull()
  expect(costOf('aab', 'aaab')).toBeNull()
})
