import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_PARTS, type PartParams } from '../../../shared/model/plan.js'
import { assignParts } from './plan-graph.js'

const AGENTS = [
  { name: 'general-purpose', description: '' },
  { name: 'test-engineer', description: '' },
]

const part = (key: string, over: Partial<PartParams> = {}): PartParams => ({
  ...{ key, title: key, description: 'do it', dependsOn: [], checks: [] },
  ...over,
})

it('settles who does what', () => {
  const parts = [part('a', { agent: 'test-engineer' }), part('b', { description: 'write tests' })]
  expect(assignParts(parts, AGENTS)).toMatchObject([
    { agent: 'test-engineer', reason: 'Named in the plan.' },
    { agent: 'test-engineer', reason: 'It is tests: tests.' },
  ])
})

it('names the agents that there are when a plan names another', () => {
  expect(() => assignParts([part('a', { agent: 'wizard' })], AGENTS)).toThrow(
    'a is for agent "wizard", which there is not; the agents are general-purpose, test-engineer',
  )
})

it('takes the longest plan', () => {
  const parts = Array.from({ length: MOST_PARTS }, (_, n) => part(`p${n}`))
  expect(assignParts(parts, AGENTS)).toHaveLength(MOST_PARTS)
})

/** Dependencies only on parts before, then shuffled: a plan without a circle. */
const acyclic = fc.integer({ min: 1, max: 20 }).chain((size) =>
  fc.tuple(
    fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: size, maxLength: size }),
    fc.shuffledSubarray(
      Array.from({ length: size }, (_, n) => n),
      { minLength: size },
    ),
  ),
)

it('puts every part after those that it depends on', () => {
  fc.assert(
    fc.property(acyclic, ([needs, order]) => {
      const parts = order.map((n) => {
        const dependsOn = n === 0 ? [] : [...new Set(needs[n]?.map((each) => `p${each % n}`))]
        return part(`p${n}`, { dependsOn })
      })
      const seen = new Set<string>()
      for (const { key, dependsOn } of assignParts(parts, AGENTS)) {
        expect(dependsOn.every((name) => seen.has(name))).toBe(true)
        seen.add(key)
      }
      expect(seen.size).toBe(parts.length)
    }),
  )
})

it('says which parts are in a circle, wherever it is', () => {
  fc.assert(
    fc.property(acyclic, fc.nat(), ([needs, order], at) => {
      const size = order.length
      const parts = order.map((n) => {
        const before = n === 0 ? [] : (needs[n]?.map((each) => `p${each % n}`) ?? [])
        const extra = n === at % size ? [`p${size}`] : []
        return part(`p${n}`, { dependsOn: [...before, ...extra] })
      })
      const back = part(`p${size}`, { dependsOn: [`p${at % size}`] })
      expect(() => assignParts([...parts, back], AGENTS)).toThrow(/circle \(p\d+ → .*p\d+,/)
    }),
  )
})
