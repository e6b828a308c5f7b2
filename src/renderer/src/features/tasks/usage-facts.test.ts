import { expect, it } from 'vitest'
import { formatPercent } from '../../ui/format.js'
import { usageFacts } from './usage-facts.js'

const task = {} as Parameters<typeof usageFacts>[0]

it('says nothing of what was not used or not seen', () => {
  expect(usageFacts({ ...task, usage: { tokens: 0, costUsd: 0, turns: 0 } })).toEqual([])
})

it('sets what was used beside its budget, and owns up to a price that is not known', () => {
  const usage = { tokens: 1500, costUsd: null, turns: 2 }
  const peak = { memoryBytes: 3 * 1024 * 1024, cpuPercent: 41.6 }
  const facts = usageFacts({ ...task, usage, peak, budget: { tokens: 5000 } })
  expect(facts.map((fact) => fact.join(': '))).toEqual([
    'Turns: 2',
    'Tokens: 1500 of 5000',
    'Cost: price not known',
    'Peak memory: 3 MB',
    `Peak CPU: ${formatPercent(42)}`,
  ])
})
