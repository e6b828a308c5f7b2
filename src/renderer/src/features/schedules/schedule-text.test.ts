import { afterEach, expect, it } from 'vitest'
import type { ScheduleView } from '../../../../shared/model/schedule.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { formatMoment } from '../../ui/format.js'
import { missedText, nextText, runText } from './schedule-text.js'

const NOW = Number(new Date(2027, 0, 30, 12, 0))
const HOUR_MS = 3_600_000

afterEach(() => useWords.setState(useWords.getInitialState()))

function next(nextRunAt: number | null, paused = false): string {
  return nextText({ nextRunAt, paused } as ScheduleView, NOW)
}

it('says when it runs next', () => {
  expect(next(NOW + HOUR_MS)).toBe(`Next run ${formatMoment(NOW + HOUR_MS, NOW)}, in 1h 00m`)
  expect(next(NOW + 50 * HOUR_MS)).toBe(`Next run ${formatMoment(NOW + 50 * HOUR_MS, NOW)}`)
  expect(next(NOW - HOUR_MS)).toBe(`Due since ${formatMoment(NOW - HOUR_MS, NOW)}`)
  expect(next(null)).toBe('No next run')
  expect(next(null, true)).toMatch(/^Paused/)
})

it('says how the last run ended, and whether it came late', () => {
  const taskId = 'task_a' as NonNullable<ScheduleView['taskId']>
  const failed = { taskId, state: 'failed', completedAt: NOW - 2 * HOUR_MS } as const
  expect(runText(failed, NOW)).toBe('Failed 2h ago')
  expect(runText({ taskId, state: 'running' }, NOW)).toBe('Running')
  expect(missedText(failed, NOW)).toBeNull()
  const missed = { scheduledAt: NOW - 5 * HOUR_MS, ranAt: NOW - 2 * HOUR_MS }
  const [due, ran] = [missed.scheduledAt, missed.ranAt].map((at) => formatMoment(at, NOW))
  expect(missedText({ ...failed, missed }, NOW)).toBe(`Missed ${due}, ran ${ran}`)
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
  expect(runText(failed, NOW)).toBe('Fehlgeschlagen vor 2 h')
})
