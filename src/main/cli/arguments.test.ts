import { describe, expect, it } from 'vitest'
import {
  budgetAssignment,
  collectNames,
  collectWakeRules,
  instant,
  jsonValue,
  limitAssignment,
  megabytesAsBytes,
  positiveNumber,
  secondsAsMs,
  spanAsSeconds,
  wholeNumber,
} from './arguments.js'

describe('wholeNumber', () => {
  it('takes what lies between the bounds', () => {
    expect(wholeNumber(1, 10)('10')).toBe(10)
  })
  it.each(['0', '11', '-1', '5.5', '5x', '', ' 5', '1e1'])('refuses "%s"', (text) => {
    expect(() => wholeNumber(1, 10)(text)).toThrow('whole number from 1 to 10')
  })
})

describe('secondsAsMs', () => {
  it.each([
    ['600', 600_000],
    ['0.25', 250],
    ['.5', 500],
  ])('takes %s', (text, ms) => {
    expect(secondsAsMs(text)).toBe(ms)
  })
  it.each(['0', '-1', '10s', '', '1e3', 'Infinity'])('refuses "%s"', (text) => {
    expect(() => secondsAsMs(text)).toThrow('seconds')
  })
})

describe('instant', () => {
  it('takes epoch milliseconds and ISO 8601', () => {
    expect(instant('1800000000000')).toBe(1_800_000_000_000)
    expect(instant('2027-01-15T08:00:00Z')).toBe(1_800_000_000_000)
    expect(instant('2027-01-15T10:00:00+02:00')).toBe(1_800_000_000_000)
  })
  it('takes a time without zone as the user’s own', () => {
    expect(instant('2027-01-15T08:00')).toBe(new Date(2027, 0, 15, 8).getTime())
  })
  it.each(['tomorrow', '2027-13-40', '', '08:00', '2027'.concat('-01')])('refuses "%s"', (text) => {
    expect(() => instant(text)).toThrow('must be a time')
  })
})

describe('limitAssignment', () => {
  it('collects a partial set', () => {
    const first = limitAssignment('maxConcurrentTasks=8', undefined)
    expect(limitAssignment('cpuThreshold=90.5', first)).toEqual({
      maxConcurrentTasks: 8,
      cpuThreshold: 90.5,
    })
  })
  it.each(['maxTasks=3', 'cpuThreshold', 'toString=1', 'cpuThreshold=1=2'])(
    'refuses %s',
    (text) => {
      expect(() => limitAssignment(text, undefined)).toThrow('KEY out of maxConcurrentTasks')
    },
  )
  it.each(['cpuThreshold=101', 'cpuThreshold=', 'maxConcurrentTasks=0', 'maxConcurrentTasks=2.5'])(
    'refuses the value in %s',
    (text) => {
      expect(() => limitAssignment(text, undefined)).toThrow('must be a')
    },
  )
})

describe('megabytesAsBytes', () => {
  it.each([
    ['1', 1_048_576],
    ['0.5', 524_288],
    ['.25', 262_144],
  ])('reads %s', (text, bytes) => expect(megabytesAsBytes(text)).toBe(bytes))

  it.each(['0', '-1', '1e3', '2GB', '', '99999999999999'])('refuses %j', (text) =>
    expect(() => megabytesAsBytes(text)).toThrow(/megabytes/),
  )
})

describe('budgetAssignment', () => {
  it('gathers what is given one after the other or divided by commas', () => {
    const first = budgetAssignment('tokens=5000,turns=3', undefined)
    expect(budgetAssignment('costUsd=0.5', first)).toEqual({
      tokens: 5000,
      turns: 3,
      costUsd: 0.5,
    })
  })

  it.each([
    ['money=1', /KEY out of tokens, costUsd, turns, timeMs/],
    ['tokens', /KEY=VALUE/],
    ['tokens=', /tokens must be a whole number above 0/],
    ['tokens=1.5', /tokens must be a whole number above 0/],
    ['tokens=1=2', /KEY=VALUE/],
    ['costUsd=0', /costUsd must be a number of US dollars above 0/],
    ['tokens=1,', /KEY=VALUE/],
  ])('refuses %j', (text, message) =>
    expect(() => budgetAssignment(text, undefined)).toThrow(message),
  )
})

describe('spanAsSeconds', () => {
  const span = spanAsSeconds(86_400)

  it.each([
    ['90', 90],
    ['0.5', 0.5],
    ['90s', 90],
    ['15m', 900],
    ['1.5h', 5400],
    ['1h30m', 5400],
    ['1d', 86_400],
  ])('reads %s', (text, seconds) => expect(span(text)).toBe(seconds))

  it.each(['', '0', '0s', '-1', '2w', 'm', '1h30', '1 h', '1e3', '25h', '1..5s', '9'.repeat(400)])(
    'refuses %j',
    (text) => expect(() => span(text)).toThrow('of at most 1 days'),
  )
})

describe('collectNames', () => {
  it('gathers what is given one after the other or divided by commas', () => {
    expect(collectNames('c', collectNames('a, b', undefined))).toEqual(['a', 'b', 'c'])
    expect(collectNames('', undefined)).toEqual([])
  })
  it.each(['a,', ',', 'a,,b'])('refuses %j', (text) =>
    expect(() => collectNames(text, undefined)).toThrow('names divided by commas'),
  )
})

describe('collectWakeRules', () => {
  it.each([
    ['0 9 * * *', { cron: '0 9 * * *' }],
    ['0 9 * * * @ morning', { cron: '0 9 * * *', event: 'morning' }],
    ['@daily', { cron: '@daily' }],
    ['@daily@report', { cron: '@daily', event: 'report' }],
  ])('reads %s', (text, rule) => {
    const first = { cron: '* * * * *' }
    expect(collectWakeRules(text, [first])).toEqual([first, rule])
  })
  it.each(['', ' ', '0 9 * * *@', ' @x'])('refuses %j', (text) =>
    expect(() => collectWakeRules(text, undefined)).toThrow('CRON or CRON@EVENT'),
  )
})

describe('positiveNumber', () => {
  it('takes fractions', () => expect(positiveNumber('.25')).toBe(0.25))
  it.each(['0', '-1', '', '1e3', '$1'])('refuses %j', (text) =>
    expect(() => positiveNumber(text)).toThrow('a number above 0'),
  )
})

describe('jsonValue', () => {
  it('takes every kind of JSON', () => {
    expect(jsonValue('{"a": [1, null]}')).toEqual({ a: [1, null] })
    expect(jsonValue('null')).toBeNull()
  })
  it('refuses anything else', () => expect(() => jsonValue('{a: 1}')).toThrow('must be JSON'))
})
