import { afterEach, expect, it } from 'vitest'
import type { Check } from '../../../../shared/model/check.js'
import { type Finding, NO_EVIDENCE } from '../../stores/evidence.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { checkText, correctionText, factsOf, historyOf, shownChecks } from './check-states.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

const checks: Check[] = [
  { kind: 'command', command: 'npm test' },
  { kind: 'file', path: 'README.md' },
  { kind: 'review' },
]

function finding(change: Partial<Finding>): Finding {
  const base = { round: 1, position: 0, kind: 'command', name: 'npm test', passed: true } as const
  return { ...base, detail: '', durationMs: 2500, at: 1, ...change }
}

const correction = {
  attempt: 2,
  limit: 3,
  state: 'in_progress',
  failure: 'x',
  startedAt: 5,
  endedAt: null,
} as const

it('knows which check is being made and which was not made yet', () => {
  const evidence = { ...NO_EVIDENCE, findings: [finding({})] }
  const states = (state: 'running' | 'failed') =>
    shownChecks({ state, checks }, evidence).map((check) => check.state)
  expect(states('running')).toEqual(['passed', 'running', 'open'])
  expect(states('failed')).toEqual(['passed', 'open', 'open'])
})

it('makes none while the agent mends something, and shows what git says of a merge', () => {
  const findings = [
    finding({ passed: false }),
    finding({ position: 3, kind: 'merge', name: 'Merge', passed: true }),
  ]
  const evidence = { ...NO_EVIDENCE, findings, corrections: [correction] }
  const shown = shownChecks({ state: 'running', checks }, evidence)
  expect(shown.map(({ name, state }) => `${name}: ${state}`)).toEqual([
    'npm test: failed',
    'README.md exists: open',
    'Review by reviewer: open',
    'Merge: passed',
  ])
})

it('writes facts, corrections, and what came after what', () => {
  expect(factsOf(finding({ exitCode: 1 }))).toBe('exit code 1 · 2s')
  expect(factsOf(finding({ kind: 'review', score: 62 }))).toBe('62 of 100 · 2s')
  expect(correctionText(correction)).toBe('Correction 2 of 3: in progress')
  const findings = [finding({}), finding({ round: 2, at: 9 })]
  const history = historyOf({ ...NO_EVIDENCE, findings, corrections: [correction] })
  expect(history.map(({ kind }) => kind)).toEqual(['round', 'correction', 'round'])
})

it('calls a check by its name, else by what it looks at', () => {
  expect(checkText({ kind: 'command', command: 'npm test', name: 'Tests' })).toBe('Tests')
  expect(checkText({ kind: 'command', command: 'npm test' })).toBe('npm test')
  expect(checkText({ kind: 'file', path: 'a.md', contains: 'x' })).toBe('a.md has its text')
})

it('says so in the language of the window', () => {
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(checkText({ kind: 'review' })).toBe('Begutachtung durch reviewer')
  expect(factsOf(finding({ exitCode: 1 }))).toBe('Exit-Code 1 · 2\u00a0s')
  expect(correctionText(correction)).toBe('Korrektur 2 von 3: im Gang')
})
