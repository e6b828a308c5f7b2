import { expect, it, test } from 'vitest'
import type { NotificationStrategy } from '../../../shared/model/preferences.js'
import { DEFAULT_PREFERENCES } from '../../../shared/model/preferences.js'
import {
  decideEnd,
  decideProgress,
  endsWaitMs,
  GATHER_MS,
  NOTHING_TOLD,
  type NotifyTerms,
  type RootEnd,
  termsOf,
} from './decide.js'

const AT_ONCE: NotifyTerms = { strategy: 'verbose', minProgressDelta: 0, throttleMs: 0 }

/** The progress that is told of a task that advances by one percent each second, and ends. */
function replay(terms: NotifyTerms, step = 1): number[] {
  let told = NOTHING_TOLD
  const heard: number[] = []
  for (let progress = 0; progress <= 100; progress += step) {
    const atMs = progress * 1000
    const decision = decideProgress(terms, told, progress, atMs)
    if (decision.kind !== 'tell') continue
    heard.push(decision.progress)
    told = { ...told, progress: decision.progress, atMs }
  }
  const end: RootEnd = {
    ...{ state: 'completed', attempt: 1, completedAtMs: 100_000, errorCode: null },
    openBelow: false,
  }
  if (decideEnd(terms, told, end)) heard.push(100)
  return heard
}

test.each<[NotificationStrategy, Partial<NotifyTerms>, number[]]>([
  ['silent', {}, []],
  ['completion', {}, [100]],
  ['milestone', {}, [25, 50, 75, 100]],
  ['milestone', { throttleMs: 30_000 }, [25, 50, 75, 100]],
  ['milestone', { minProgressDelta: 30 }, [50, 100]],
  ['verbose', { minProgressDelta: 10 }, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
  ['verbose', { minProgressDelta: 10, throttleMs: 25_000 }, [10, 35, 60, 85, 100]],
  ['verbose', { minProgressDelta: 60 }, [60, 100]],
])('%s with %j tells of a task from 0 to 100: %j', (strategy, change, heard) => {
  expect(replay({ ...AT_ONCE, strategy, ...change })).toEqual(heard)
})

it('tells every percent when nothing holds it back', () => {
  expect(replay(AT_ONCE)).toHaveLength(100)
})

it('tells the milestone that was reached when others were jumped over', () => {
  expect(replay({ ...AT_ONCE, strategy: 'milestone' }, 40)).toEqual([25, 75, 100])
})

it('puts off what comes too early until it may be told', () => {
  const told = { ...NOTHING_TOLD, progress: 10, atMs: 1000 }
  const terms = { ...AT_ONCE, throttleMs: 5000 }
  expect(decideProgress(terms, told, 20, 3000)).toEqual({ kind: 'later', atMs: 6000 })
  expect(decideProgress(terms, told, 20, 6000)).toEqual({ kind: 'tell', progress: 20 })
  expect(decideProgress(terms, told, 20, 500)).toEqual({ kind: 'tell', progress: 20 })
})

const ended: RootEnd = {
  ...{ state: 'failed', attempt: 2, completedAtMs: 7, errorCode: 'timeout', openBelow: false },
}
const completion = { ...AT_ONCE, strategy: 'completion' as const }

test.each<[string, Partial<RootEnd>, string | null, boolean]>([
  ['a failure', {}, null, true],
  ['an end that was told', {}, '2.7', false],
  ['the end of a later attempt', { attempt: 3 }, '2.7', true],
  ['a tree with work below', { openBelow: true }, null, false],
  ['a cancel by a person', { state: 'cancelled', errorCode: 'cancelled' }, null, false],
  ['a cancel by a failure', { state: 'cancelled', errorCode: 'dependency_failed' }, null, true],
])('%s', (_name, change, end, isNews) => {
  expect(decideEnd(completion, { ...NOTHING_TOLD, end }, { ...ended, ...change })).toBe(isNews)
})

it('takes from the preferences what a task leaves open', () => {
  const { notifications } = DEFAULT_PREFERENCES
  expect(termsOf({ strategy: 'verbose' }, notifications)).toEqual({
    ...{ strategy: 'verbose', minProgressDelta: 10, throttleMs: 5000 },
  })
  expect(termsOf(null, notifications)).toMatchObject({ strategy: 'completion' })
})

it('lets ends wait for those of the next moment, and not for a clock that was set back', () => {
  expect(endsWaitMs(null, 5)).toBe(0)
  expect(endsWaitMs(1000, 2000)).toBe(GATHER_MS - 1000)
  expect(endsWaitMs(1000, 1000 + GATHER_MS)).toBe(0)
  expect(endsWaitMs(1000, 500)).toBe(0)
})
