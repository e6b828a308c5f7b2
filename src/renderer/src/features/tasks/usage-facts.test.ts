import { afterEach, expect, it } from 'vitest'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { formatPercent } from '../../ui/format.js'
import { usageFacts } from './usage-facts.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

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
    'Tokens: 1,500 of 5,000',
    'Cost: price not known',
    'Peak memory: 3 MB',
    `Peak CPU: ${formatPercent(42)}`,
  ])
})

it.each([
  [{ turns: 8 }, ['Turns: 0 of 8']],
  [{ tokens: 5000 }, ['Tokens: 0 of 5,000']],
  [{ costUsd: 2 }, ['Cost: $0.00 of $2.00']],
  [{ timeMs: 300_000 }, ['Time: at most 5m 00s']],
  [{ timeMs: 500 }, ['Time: at most 500ms']],
])('tells the budget %j before anything was used', (budget, lines) => {
  const unused = { tokens: 0, costUsd: 0, turns: 0 }
  const told = [unused, undefined].map((usage) =>
    usageFacts({ ...task, ...(usage && { usage }), budget }).map((fact) => fact.join(': ')),
  )
  expect(told).toEqual([lines, lines])
})

it.each([
  [0.5, undefined, 'Cost: $0.50'],
  [0.0123, 2, 'Cost: $0.0123 of $2.00'],
  [0.000045, 0.005, 'Cost: $0.000045 of $0.005'],
  [null, 2, 'Cost: price not known, budget $2.00'],
])('sets a cost of %s beside a budget of %s', (costUsd, limit, line) => {
  const budget = limit === undefined ? {} : { budget: { costUsd: limit } }
  const facts = usageFacts({ ...task, usage: { tokens: 9, costUsd, turns: 1 }, ...budget })
  expect(facts.map((fact) => fact.join(': '))).toContain(line)
})

it('writes names, figures and money in the language of the window', () => {
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  const usage = { tokens: 1500, costUsd: 0.5, turns: 2 }
  const budget = { tokens: 5000, timeMs: 500 }
  const facts = usageFacts({ ...task, usage, budget })
  expect(facts.map((fact) => fact.join(': '))).toEqual([
    'Züge: 2',
    'Token: 1.500 von 5.000',
    'Kosten: 0,50\u00a0$',
    'Zeit: höchstens 500 ms',
  ])
})
