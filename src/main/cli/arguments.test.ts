import { describe, expect, it } from 'vitest'
import {
  budgetAssignment,
  instant,
  limitAssignment,
  megabytesAsBytes,
  secondsAsMs,
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
