import { describe, expect, it } from 'vitest'
import { block, bytes, code, duration, number, oneLine, table, tailOf } from './markdown.js'

describe('markdown', () => {
  it.each([
    ['a.ts', '`a.ts`'],
    ['a|b', '`a\\|b`'],
    ['a`b', '``a`b``'],
    ['`x`', '`` `x` ``'],
    ['two\nlines\there', '`two lines here`'],
  ])('code(%j) is %s', (text, markdown) => {
    expect(code(text)).toBe(markdown)
  })

  it('fences output so that it cannot close the fence', () => {
    expect(block('a\n```\nb')).toBe('````text\na\n```\nb\n````')
  })

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [123456, '121 KB'],
    [5 * 1024 ** 3, '5.0 GB'],
  ])('%d bytes are %s', (value, text) => {
    expect(bytes(value)).toBe(text)
  })

  it.each([
    [0.04, '0.0 s'],
    [12.4, '12 s'],
    [135, '2m 15s'],
    [3_700, '1h 1m'],
  ])('%d seconds are %s', (value, text) => {
    expect(duration(value)).toBe(text)
  })

  it('groups digits, sets columns, and shortens without splitting a character', () => {
    expect(number(1_234_567)).toBe('1,234,567')
    expect(table(['a', 'b>'], [['1', '2']])).toBe('| a | b |\n| --- | ---: |\n| 1 | 2 |')
    expect(oneLine('a😀b', 2)).toBe('a…')
    expect(tailOf('1\n2\n3', 2)).toBe('[1 earlier line not shown]\n2\n3')
    expect(tailOf('x'.repeat(50), 5, 10)).toBe(`…${'x'.repeat(10)}`)
  })
})
