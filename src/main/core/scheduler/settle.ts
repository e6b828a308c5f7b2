import type { TaskError } from '../../../shared/model/task.js'
import type { Peak } from '../store/queries/task-states.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { backoffMs } from './backoff.js'
import type { ExecutionOutcome } from './executor.js'
import type { End, Park } from './task-lifecycle.js'
import type { RunEnd } from './task-run.js'

/** After so many crashes of the host in a row a task is not tried again. */
export const MOST_INTERRUPTIONS = 3

export type Settlement =
  | { readonly kind: 'end'; readonly end: End }
  | { readonly kind: 'park'; readonly park: Park }

/**
 * Decides what becomes of a task after a stretch of running: the one place where success, failure,
 * retry, cancel, timeout and shutdown are told apart. Pure.
 * @param task as stored now, progress and tokens included
 * @param random in [0, 1), for the jitter of the backoff
 */
export function settle(task: TaskRecord, run: RunEnd, nowMs: number, random: number): Settlement {
  const { outcome, durationMs, peak, hasOutput } = run
  const runningMs = task.runningMs + durationMs
  const facts = { runningMs, attemptMs: task.attemptMs + durationMs, peak, hasOutput }
  // What was complete when the program was closed is complete; anything else goes on later.
  if (run.stopped === 'shutdown' && outcome.kind !== 'completed') {
    return parked(facts, { reason: null, detail: 'The program was closed while it ran.' })
  }
  if (run.stopped === 'set_aside' && outcome.kind !== 'completed' && run.setAside !== null) {
    return parked(facts, run.setAside)
  }
  if (run.stopped === 'cancelled') {
    const error: TaskError = { code: 'cancelled', message: 'cancelled on request' }
    return ended(task, 'cancelled', error, outcome, facts)
  }
  if (run.stopped === 'timeout') {
    const seconds = (task.timeoutMs ?? 0) / 1000
    const error: TaskError = { code: 'timeout', message: `did not end within ${seconds} s` }
    return failed(task, error, outcome, { ...facts, retryable: true, nowMs, random })
  }
  if (run.stopped === 'budget') {
    const seconds = (task.budget?.timeMs ?? 0) / 1000
    const message = `the budget of ${seconds} s of running time is used up`
    return ended(task, 'failed', { code: 'budget_exceeded', message }, outcome, facts)
  }
  switch (outcome.kind) {
    case 'completed':
      return ended(task, 'completed', null, outcome, facts)
    case 'failed': {
      const { error, retryable } = outcome
      return failed(task, error, outcome, { ...facts, retryable, nowMs, random })
    }
    case 'gave_way':
      return parked(facts, run.setAside ?? { reason: null, detail: 'It gave way.' })
    case 'waiting': {
      const { reason, detail, untilMs } = outcome
      return parked(facts, { reason, detail, untilMs })
    }
  }
}

/** What the stretch that has ended adds up to. */
interface StretchFacts {
  readonly runningMs: number
  readonly attemptMs: number
  readonly peak: Peak | null
  /** Whether there is anything in the task's log. */
  readonly hasOutput: boolean
}

function failed(
  task: TaskRecord,
  error: TaskError,
  outcome: ExecutionOutcome,
  facts: StretchFacts & {
    readonly retryable: boolean
    readonly nowMs: number
    readonly random: number
  },
): Settlement {
  if (!facts.retryable || task.attempt >= task.maxAttempts) {
    return ended(task, 'failed', error, outcome, facts)
  }
  const delayMs = backoffMs(task.attempt, facts.random)
  return {
    kind: 'park',
    park: {
      reason: 'backoff',
      detail: `Attempt ${task.attempt} of ${task.maxAttempts} failed (${error.message}); the next one follows after ${(delayMs / 1000).toFixed(1)} s.`,
      untilMs: facts.nowMs + delayMs,
      runningMs: facts.runningMs,
      attemptMs: 0,
      peak: facts.peak,
      interruptions: 0,
      attemptEnd: { outcome: 'failed', error },
    },
  }
}

function parked(
  { runningMs, attemptMs, peak }: StretchFacts,
  wait: Pick<Park, 'reason' | 'detail'> & { readonly untilMs?: number | null },
): Settlement {
  return {
    kind: 'park',
    park: {
      reason: wait.reason,
      detail: wait.detail,
      untilMs: wait.untilMs ?? null,
      runningMs,
      attemptMs,
      peak,
      // An orderly stop ends the row of crashes.
      interruptions: 0,
      attemptEnd: null,
    },
  }
}

function ended(
  task: TaskRecord,
  state: End['state'],
  error: TaskError | null,
  outcome: ExecutionOutcome,
  { runningMs, peak, hasOutput }: Pick<StretchFacts, 'runningMs' | 'peak' | 'hasOutput'>,
): Settlement & { readonly kind: 'end' } {
  const kept = outcome.kind === 'waiting' || outcome.kind === 'gave_way' ? null : outcome
  return {
    kind: 'end',
    end: {
      state,
      error,
      output: (kept?.output ?? '') === '' && hasOutput ? undefined : (kept?.output ?? ''),
      runningMs,
      peak,
      tokensUsed: task.tokensUsed,
      agents: kept?.agents ?? [],
      ...(kept?.artifacts === undefined ? {} : { artifacts: kept.artifacts }),
    },
  }
}

/** What becomes of a task that a crashed host was running; it lived until its last heartbeat. */
export function settleInterrupted(task: TaskRecord): Settlement {
  const interruptions = task.interruptions + 1
  const { stretchStartedAtMs, heartbeatMs, runningMs, attemptMs } = task
  const endedAtMs = heartbeatMs ?? stretchStartedAtMs
  const ranMs = Math.max(0, (heartbeatMs ?? 0) - (stretchStartedAtMs ?? 0))
  const facts: StretchFacts = {
    runningMs: runningMs + ranMs,
    attemptMs: attemptMs + ranMs,
    peak: null,
    hasOutput: true,
  }
  const reason = whyNotAgain(task, interruptions)
  if (reason !== null) {
    const error: TaskError = { code: 'interrupted', message: reason }
    const outcome: ExecutionOutcome = { kind: 'failed', error, output: '', retryable: false }
    const { kind, end } = ended(task, 'failed', error, outcome, facts)
    return { kind, end: endedAtMs === null ? end : { ...end, stretchEndedAtMs: endedAtMs } }
  }
  return {
    kind: 'park',
    park: {
      reason: null,
      detail: 'The program ended while it ran; goes on from its last finished step.',
      untilMs: null,
      runningMs: facts.runningMs,
      attemptMs: facts.attemptMs,
      peak: null,
      ...(endedAtMs === null ? {} : { endedAtMs }),
      interruptions,
      attemptEnd: null,
    },
  }
}

function whyNotAgain(task: TaskRecord, interruptions: number): string | null {
  if (task.onInterruption === 'fail') {
    return 'the program ended unexpectedly while this ran, and it was not to run again by itself'
  }
  if (interruptions < MOST_INTERRUPTIONS) return null
  return `the program ended unexpectedly ${interruptions} times in a row while this ran: not tried again by itself`
}
