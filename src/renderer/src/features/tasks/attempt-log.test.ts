import { expect, it } from 'vitest'
import { LONGEST_PART, readPart } from './attempt-log.js'

const PAGE = 4

function pagesOf(log: string) {
  const asked: number[] = []
  const readPage = async (sinceOffset: number) => {
    asked.push(sinceOffset)
    const text = log.slice(sinceOffset, sinceOffset + PAGE)
    return { text, nextOffset: sinceOffset + text.length }
  }
  return { readPage, asked }
}

it('reads one part of a log and nothing around it', async () => {
  const { readPage, asked } = pagesOf('firstsecond!third')
  expect(await readPart(readPage, 5, 12)).toEqual({ text: 'second!', cut: false })
  expect(asked).toEqual([5, 9])
})

it('ends with the log, also where the part should be longer', async () => {
  const { readPage } = pagesOf('first')
  expect(await readPart(readPage, 2, 50)).toEqual({ text: 'rst', cut: false })
  expect(await readPart(readPage, 3, 3)).toEqual({ text: '', cut: false })
})

it('shows the end of a long part, from the start of a line on', async () => {
  const log = `early\n${'x'.repeat(LONGEST_PART)}\nlast`
  const readPage = async (sinceOffset: number) => ({
    text: log.slice(sinceOffset),
    nextOffset: log.length,
  })
  expect(await readPart(readPage, 0, log.length)).toEqual({ text: 'last', cut: true })
})
