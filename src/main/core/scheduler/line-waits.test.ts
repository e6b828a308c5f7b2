import { expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../shared/model/queue.js'
import type { AdmissionState } from './admission.js'
import { NO_SHARE } from './forecast.js'
import { LineWaits } from './line-waits.js'

const state = (change: Partial<AdmissionState> = {}): AdmissionState => ({
  ...{ paused: false, limits: DEFAULT_LIMITS, machine: { cpu: 10, memory: 10 }, toCome: NO_SHARE },
  ...{ running: { agent: 0, build: 0, e2e_test: 0, command: 1 }, cpuClosed: false },
  memoryClosed: false,
  ...change,
})

it('tells what a wait in the line was for, span by span', () => {
  const waits = new LineWaits()
  waits.note(state(), 1_000)
  waits.note(state({ paused: true }), 2_000)
  waits.note(state({ paused: true }), 2_500)
  waits.note(state({ cpuClosed: true }), 5_000)
  waits.note(state({ paused: true }), 6_000)
  const split = (from: number, to: number) => Object.fromEntries(waits.split('command', from, to))
  expect(split(1_500, 7_000)).toEqual({ starting: 500, paused: 4_000, cpu: 1_000 })
  expect(split(3_000, 4_000)).toEqual({ paused: 1_000 })
  expect(split(4_000, 4_000)).toEqual({})
})

it('knows nothing of the time before the program was started', () => {
  const waits = new LineWaits()
  waits.note(state(), 1_000)
  expect(Object.fromEntries(waits.split('build', 400, 1_500))).toEqual({
    restart: 600,
    starting: 500,
  })
})

it('tells lanes apart', () => {
  const waits = new LineWaits()
  waits.note(state({ running: { agent: 0, build: 2, e2e_test: 0, command: 0 } }), 0)
  expect([...waits.split('build', 0, 100).keys()]).toEqual(['limit'])
  expect([...waits.split('command', 0, 100).keys()]).toEqual(['starting'])
})
