import { afterEach, expect, it } from 'vitest'
import type { TaskAttempt } from '../../../../shared/model/task.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { outcomeText, spentText } from './attempt-text.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

function attempt(change: Partial<TaskAttempt>): TaskAttempt {
  return {
    attempt: 1,
    startedAt: 1000,
    endedAt: null,
    outcome: null,
    error: null,
    logOffset: 0,
    logEnd: 0,
    ...change,
  }
}

const INTERRUPTED = 'Interrupted: the app ended meanwhile'

it.each([
  [{}, 'Running', '9s'],
  [{ endedAt: 4000, outcome: 'failed' }, 'Failed', '3s'],
  [{ endedAt: 1200, outcome: 'completed' }, 'Completed', 'under 1s'],
  [{ endedAt: 4000, outcome: 'interrupted' }, INTERRUPTED, 'at least 3s'],
  [{ endedAt: 1000, outcome: 'interrupted' }, INTERRUPTED, 'how long is not known'],
  [{ endedAt: 4000, outcome: 'children' }, 'Went on to wait for its subtasks', '3s'],
  [{ endedAt: 4000, outcome: 'something new' }, 'Put off: something new', '3s'],
])('says of %j how it ended and how long it took', (change, outcome, spent) => {
  expect(outcomeText(attempt(change))).toBe(outcome)
  expect(spentText(attempt(change), 10_000)).toBe(spent)
})

it('says so in the language of the window', () => {
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  const ended = attempt({ endedAt: 1200, outcome: 'children' })
  expect(outcomeText(ended)).toBe('Wartete dann auf ihre Teilaufgaben')
  expect(spentText(ended, 0)).toBe('unter 1\u00a0s')
})
