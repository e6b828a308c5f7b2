import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { Terminal } from '../terminal.js'
import { type Column, tableLines } from './table.js'

const columns: Column[] = [
  { title: 'NAME' },
  { title: 'STATE', gives: true },
  { title: 'QUEUE', isNumber: true },
]
const rows = [
  ['a', 'idle', '1,200'],
  ['書き手', 'sleeping until somebody wakes it', '3'],
]

function screen(width: number): Terminal {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: width })
  return new Terminal(stream, new PassThrough(), { NO_COLOR: '1' })
}

it('puts columns under each other, also where letters are wide', () => {
  const pipe = new Terminal(new PassThrough(), new PassThrough(), {})
  expect(tableLines(columns, rows, pipe)).toEqual([
    '  NAME    STATE                             QUEUE',
    '  a       idle                              1,200',
    '  書き手  sleeping until somebody wakes it      3',
  ])
})

it('cuts the column that gives on a terminal that is too narrow', () => {
  expect(tableLines(columns, rows, screen(40))).toEqual([
    '  NAME    STATE                   QUEUE',
    '  a       idle                    1,200',
    '  書き手  sleeping until somebo…      3',
  ])
})

it('leaves something of every column however narrow it is', () => {
  expect(tableLines(columns, rows, screen(10))[2]).toBe('  書き手  sleeping until …      3')
})
