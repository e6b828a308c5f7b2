import { describe, expect, it } from 'vitest'
import { excerptOf, headline } from './report-text.js'

describe('the headline of a report', () => {
  it.each([
    ['\n## Failed: 1 of 2 tests\n\nMore.\n', 'Failed: 1 of 2 tests'],
    ['plain', 'plain'],
    ['', ''],
  ])('of %j is %j', (report, line) => {
    expect(headline(report)).toBe(line)
  })
})

describe('an excerpt', () => {
  it('of a report is what stands before its first section', () => {
    expect(excerptOf('# Survey\n\n5 files.\n\n## Largest\n\n| a | b |')).toBe('5 files.')
    expect(excerptOf('# Title')).toBe('')
    expect(excerptOf(`# T\n\nShort.\n\n${'x'.repeat(500)}`)).toBe('Short.')
    expect(excerptOf(`# T\n\n${'x'.repeat(500)}`)).toBe(`${'x'.repeat(400)}…`)
  })

  it('of output is its end, from a whole line on', () => {
    expect(excerptOf('ok\n')).toBe('ok')
    expect(excerptOf(`${'a'.repeat(500)}\nlast line`)).toBe('…\nlast line')
    expect(excerptOf('y'.repeat(500))).toBe(`…${'y'.repeat(400)}`)
  })
})
