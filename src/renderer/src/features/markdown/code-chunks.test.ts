import { expect, it } from 'vitest'
import { CHUNK_LINES, chunksOf, NO_CHUNKS } from './code-chunks.js'

const code = Array.from({ length: 173 }, (_, n) => `line ${n}`).join('\n')

it('cuts code into stretches that join to it again', () => {
  const { chunks } = chunksOf(code)
  expect(chunks.map((chunk) => chunk.split('\n').length)).toEqual([50, 50, 50, 23])
  expect(chunks.join('\n')).toBe(code)
  expect(CHUNK_LINES).toBe(50)
  expect(chunksOf('').chunks).toEqual([''])
})

it('cuts code that grows as it cuts the whole of it', () => {
  let known = NO_CHUNKS
  for (let end = 0; end <= code.length; end += 31) known = chunksOf(code.slice(0, end), known)
  known = chunksOf(code, known)
  expect(known.chunks).toEqual(chunksOf(code).chunks)
  expect(chunksOf('other', known).chunks).toEqual(['other'])
})
