import { afterEach, expect, it } from 'vitest'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { withNames } from './with-names.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

const names: Readonly<Record<string, string>> = { task_a1: 'Run the tests', task_b: 'x'.repeat(80) }

it('names the tasks that are known', () => {
  const named = withNames('Waits for task_a1 and task_zz.', (id) => names[id])
  expect(named).toBe('Waits for “Run the tests” and task_zz.')
  expect(withNames('Waits for task_b', (id) => names[id])).toBe(`Waits for “${'x'.repeat(60)}…”`)
  expect(withNames('The queue is paused', () => 'never')).toBe('The queue is paused')
})

it('quotes as the language of the window does', () => {
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(withNames('Waits for task_a1.', (id) => names[id])).toBe('Waits for „Run the tests“.')
})
