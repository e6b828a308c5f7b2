import { afterEach, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type QueueState } from '../../../../shared/model/queue.js'
import { NO_QUEUE } from '../../stores/queue.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { gaugesText } from './gauge.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

function told(heldBackBy: QueueState['heldBackBy'], threshold = 70): string {
  const limits = { ...DEFAULT_LIMITS, cpuThreshold: threshold, memoryThreshold: threshold }
  return gaugesText({ ...NO_QUEUE, queue: { heldBackBy, limits } as unknown as QueueState })
}

it('tells in one sentence what the load of the machine means for new tasks', () => {
  expect(told(['cpu', 'memory'])).toMatch(/^CPU and memory hold back new tasks at the moment/)
  expect(told(['memory', 'limit'])).toMatch(/^Memory holds/)
  expect(told(['paused'])).toContain('hold back nothing')
  expect(told([], 100)).toContain('switched off')
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(told(['cpu', 'memory'])).toMatch(/^CPU und Speicher halten im Moment neue Aufgaben zurück/)
})
