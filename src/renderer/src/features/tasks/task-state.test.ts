import { afterEach, expect, it } from 'vitest'
import type { TaskView } from '../../../../shared/model/task.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { endText } from './task-state.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

function ended(state: TaskView['state'], completedAt?: number): string {
  const task = { state, startedAt: 1000, ...(completedAt === undefined ? {} : { completedAt }) }
  return endText(task as TaskView)
}

it('says how a task ended and after how long, or how it stands', () => {
  expect(ended('completed', 81_000)).toBe('Completed in 1m 20s')
  expect(ended('failed', 81_000)).toBe('Failed after 1m 20s')
  expect(ended('cancelled', 1500)).toBe('Cancelled within 1s')
  expect(ended('running')).toBe('Running')
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(ended('failed', 81_000)).toBe('Fehlgeschlagen nach 1\u00a0min 20\u00a0s')
  expect(ended('completed', 1500)).toBe('Fertig binnen 1\u00a0s')
})
