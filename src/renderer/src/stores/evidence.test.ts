import { expect, it } from 'vitest'
import type { Correction, Evidence } from '../../../shared/model/check.js'
import { TaskId } from '../../../shared/model/ids.js'
import { hasFailed, NO_EVIDENCE, newestFindings, reduceEvidence, withEvidence } from './evidence.js'
import type { HostEvent } from './host-event.js'

const taskId = TaskId.parse('task_a')

function finding(change: Partial<Evidence>): Evidence {
  return {
    round: 1,
    position: 0,
    kind: 'command',
    name: 'npm test',
    passed: false,
    detail: 'It ended with 1.',
    exitCode: 1,
    output: 'not ok',
    durationMs: 10,
    at: 1,
    ...change,
  }
}

function checked(seq: number, change: Partial<Evidence>): HostEvent {
  const { output: _output, ...evidence } = finding(change)
  return { name: 'task.checked', params: { taskId, evidence, seq, at: seq } }
}

function corrected(seq: number, state: Correction['state']): HostEvent {
  const correction = { attempt: 1, limit: 3, state, failure: 'x', startedAt: 1, endedAt: null }
  return { name: 'task.correction_attempt', params: { taskId, correction, seq, at: seq } }
}

it('follows the checks of a task and what is done about them', () => {
  const events = [checked(1, {}), corrected(2, 'in_progress'), corrected(3, 'success')]
  const state = events.reduce(reduceEvidence, {})
  expect(hasFailed(state[taskId])).toBe(true)
  expect(state[taskId]?.corrections).toMatchObject([{ attempt: 1, state: 'success' }])
  const passed = reduceEvidence(state, checked(4, { round: 2, passed: true }))
  expect(hasFailed(passed[taskId])).toBe(false)
  expect(newestFindings(passed[taskId] ?? NO_EVIDENCE)).toMatchObject([{ round: 2, passed: true }])
  expect(reduceEvidence(passed, checked(4, { round: 3 }))).toBe(passed)
})

it('keeps what was told after it was read, and the output of what was read', () => {
  const told = reduceEvidence({}, checked(7, { round: 2, passed: true }))
  const read = withEvidence(told, taskId, { evidence: [finding({})], corrections: [], seq: 5 })
  expect(read[taskId]?.findings).toMatchObject([{ round: 1, output: 'not ok' }, { round: 2 }])
  const again = reduceEvidence(read, checked(8, { round: 1 }))
  expect(again[taskId]?.findings[0]?.output).toBe('not ok')
  const whole = withEvidence(again, taskId, { evidence: [finding({})], corrections: [], seq: 9 })
  expect(whole[taskId]?.findings).toHaveLength(1)
})
