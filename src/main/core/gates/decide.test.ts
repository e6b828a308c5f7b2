import { describe, expect, it } from 'vitest'
import { decide } from './decide.js'
import { failureOf, fingerprintOf } from './failure.js'

const past = (...fingerprints: string[]) =>
  fingerprints.map((fingerprint) => ({ fingerprint, limit: 3 }))
const standing = { fingerprint: 'x', corrections: past(), maxCorrections: 3, standstill: null }

describe('what follows on a failure', () => {
  it.each([
    ['the first one', past(), { kind: 'correct', limit: 3 }],
    ['the same after two corrections', past('x', 'x'), { kind: 'correct', limit: 3 }],
    ['another one after two', past('a', 'b'), { kind: 'correct', limit: 3 }],
    [
      'the third in vain',
      past('a', 'b', 'c'),
      { kind: 'ask', why: '3 of 3 corrections did not help' },
    ],
  ])('%s', (_name, corrections, step) => {
    expect(decide({ ...standing, corrections })).toEqual(step)
  })

  it('of the same error three times, although more tries are allowed', () => {
    const corrections = past('first', 'x', 'x').map((each) => ({ ...each, limit: 9 }))
    expect(decide({ ...standing, corrections })).toEqual({
      kind: 'ask',
      why: 'the same error came 3 times',
    })
    expect(decide({ ...standing, corrections, fingerprint: 'new' }).kind).toBe('correct')
  })

  it('that a person has granted more tries for', () => {
    const corrections = [...past('a', 'b', 'c'), { fingerprint: 'd', limit: 6 }]
    expect(decide({ ...standing, corrections })).toEqual({ kind: 'correct', limit: 6 })
  })

  it('of the same error as before a person granted more tries', () => {
    const corrections = [...past('x', 'x', 'x'), { fingerprint: 'x', limit: 6 }]
    expect(decide({ ...standing, corrections })).toEqual({ kind: 'correct', limit: 6 })
  })

  it('that no try can help against', () => {
    expect(decide({ ...standing, standstill: 'two reviews' })).toEqual({
      kind: 'ask',
      why: 'two reviews',
    })
  })
})

describe('a failure', () => {
  const finding = (name: string, passed: boolean, output = '') => ({
    ...{ position: 0, kind: 'command' as const, name, passed, output, durationMs: 1 },
    detail: 'It ended with exit code 1.',
  })

  it('is what the failed checks say', () => {
    expect(
      failureOf([finding('a', true, 'ok'), finding('b', false, 'no\n'), finding('c', false)]),
    ).toBe('b: It ended with exit code 1.\nno\n\nc: It ended with exit code 1.')
  })

  it.each([
    ['took 12.5 ms in /tmp/abc-1/x', 'took 3 ms in /tmp/def-2/y', true],
    ['at 10:11:12, id 8f3a2b1c9d', 'at 10:11:13,   id 0000aaaa1111', true],
    ['expected 1', 'expected 2', true],
    ['expected a', 'expected b', false],
  ])('%j is like %j: %s', (one, other, same) => {
    expect(fingerprintOf(one) === fingerprintOf(other)).toBe(same)
  })
})
