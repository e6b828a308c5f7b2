import type { Check, Evidence } from '../../../shared/model/check.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { isTerminal, type TaskArtifacts } from '../../../shared/model/task.js'
import type { TaskSubmitParams } from '../../../shared/rpc/task.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import type { ExecutionContext } from '../scheduler/executor.js'
import { about } from '../scheduler/task-events.js'
import { insertEvidence, selectEvidence, selectRound } from '../store/queries/evidence.js'
import { selectTask, selectTaskByIdempotencyKey } from '../store/queries/tasks.js'
import { maskSecrets } from '../tasks/secret-filter.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Workplace } from '../workplaces/workplace.js'
import type { Finding } from './failure.js'
import { makeCheck, nameOf } from './make-check.js'
import { MOST_REVIEWS, reviewKey, reviewParams, verdictOf } from './review.js'

export interface ChecksRoundOptions {
  readonly log: EventLog
  readonly clock: Clock
  /** What no evidence may hold. */
  readonly secrets: () => readonly string[]
  readonly submit: (params: TaskSubmitParams) => Promise<TaskId>
}

/** What is kept of an output, in UTF-16 units: its end, where the cause mostly stands. */
const KEPT_OUTPUT = 16 * 1024

export type RoundEnd =
  | { readonly kind: 'passed'; readonly artifacts: TaskArtifacts | null }
  | {
      readonly kind: 'failed'
      readonly findings: readonly Finding[]
      /** Why no try of the agent can help; null where one may. */
      readonly standstill: string | null
    }
  /** A reviewer is at work. */
  | { readonly kind: 'waiting'; readonly detail: string }
  | { readonly kind: 'stopped' }

/**
 * Makes the checks of a task once: commands and files, then, when all of these pass, a review, and then the hand-over
 * of the work. Each finding is stored as it is made. A round that waits for its reviewer goes on where it was; any
 * other begins anew after a crash, since what passed before it says nothing of now.
 */
export async function makeRound(
  options: ChecksRoundOptions,
  context: ExecutionContext,
  work: { readonly workplace: Workplace; readonly report: string },
): Promise<RoundEnd> {
  const { task, signal } = context
  if (task.checks.length === 0) return handOver(options, context, work.workplace)
  const begun = roundUnderReview(options, task)
  const round = begun ?? options.log.query((db) => selectRound(db, task.id)) + 1
  const findings: Finding[] = []
  if (begun === null) {
    for (const [position, check] of task.checks.entries()) {
      if (check.kind === 'review') continue
      const finding = await timed(options.clock, context, check, position)
      if (signal.aborted) return { kind: 'stopped' }
      findings.push(keep(options, context, round, finding))
    }
    if (findings.some(({ passed }) => !passed)) {
      return { kind: 'failed', findings, standstill: null }
    }
  }
  const review = await reviewed(options, context, { ...work, round })
  if (review !== null) return review
  return handOver(options, context, work.workplace, round)
}

/** Brings what was done where it belongs; what git cannot merge goes back to the agent. */
async function handOver(
  options: ChecksRoundOptions,
  context: ExecutionContext,
  workplace: Workplace,
  begun?: number,
): Promise<RoundEnd> {
  const { task, signal } = context
  const delivery = await workplace.deliver(signal)
  if (delivery.kind === 'delivered') return { kind: 'passed', artifacts: delivery.artifacts }
  const round = begun ?? options.log.query((db) => selectRound(db, task.id)) + 1
  const { files, detail } = delivery
  const merge: Finding = {
    ...{ position: task.checks.length, kind: 'merge', name: 'merge', passed: false, detail },
    output: `Both sides changed the same lines. The merge was begun in your workspace; these files hold marks of conflict (<<<<<<<, =======, >>>>>>>):\n${files.map((file) => `- ${file}`).join('\n')}\nMake of each what both sides want, without any mark, and leave the commit to the program.`,
    durationMs: 0,
  }
  return { kind: 'failed', findings: [keep(options, context, round, merge)], standstill: null }
}

async function timed(
  clock: Clock,
  context: ExecutionContext,
  check: Exclude<Check, { kind: 'review' }>,
  position: number,
): Promise<Finding> {
  context.output(`› check: ${nameOf(check)}\n`)
  const startedMs = clock.now()
  const found = await makeCheck(check, context)
  return { ...found, position, durationMs: Math.max(0, clock.now() - startedMs) }
}

/** The round whose review is under way, or has ended and was not looked at yet. */
function roundUnderReview({ log, clock }: ChecksRoundOptions, task: TaskRecord): number | null {
  return log.query((db) => {
    const newest = selectRound(db, task.id)
    const made = selectEvidence(db, task.id, clock.now())
    const isUnderReview = (round: number) =>
      task.checks.some(({ kind }, position) => {
        if (kind !== 'review') return false
        if (made.some((each) => each.round === round && each.position === position)) return false
        const key = reviewKey(task, round, position)
        return selectTaskByIdempotencyKey(db, key) !== undefined
      })
    // A round that is nothing but a review leaves no evidence before its reviewer has ended.
    return [newest, newest + 1].find(isUnderReview) ?? null
  })
}

/** Null when every review passes. */
async function reviewed(
  options: ChecksRoundOptions,
  context: ExecutionContext,
  work: { readonly round: number; readonly report: string },
): Promise<RoundEnd | null> {
  const { task, workspace } = context
  const { log, clock, submit } = options
  const { round, report } = work
  for (const [position, check] of task.checks.entries()) {
    if (check.kind !== 'review') continue
    const key = reviewKey(task, round, position)
    const id =
      log.query((db) => selectTaskByIdempotencyKey(db, key))?.id ??
      (await submit(reviewParams(task, check, { workspace, report, key })))
    const reviewer = log.query((db) => selectTask(db, id, clock.now()))
    if (reviewer !== undefined && !isTerminal(reviewer.state)) {
      return { kind: 'waiting', detail: `Waits for the review by ${id}.` }
    }
    const earlier = reviewsOf(options, task.id, position, round)
    const finding = { ...verdictOf(check, id, reviewer?.result ?? null), position }
    const isKept = earlier.some((each) => each.round === round)
    const kept = isKept ? finding : keep(options, context, round, finding)
    if (kept.passed) continue
    const count = new Set([...earlier.map((each) => each.round), round]).size
    return { kind: 'failed', findings: [kept], standstill: standstillOf(kept, count) }
  }
  return null
}

function standstillOf({ score, detail }: Finding, reviews: number): string | null {
  if (score === undefined) return detail
  return reviews % MOST_REVIEWS === 0 ? `${MOST_REVIEWS} reviews were not passed` : null
}

function reviewsOf(
  { log, clock }: ChecksRoundOptions,
  id: TaskId,
  position: number,
  round: number,
): Evidence[] {
  return log
    .query((db) => selectEvidence(db, id, clock.now()))
    .filter((each) => each.kind === 'review' && each.position === position && each.round <= round)
}

/** Stores what was found, and tells of it. */
function keep(
  { log, secrets }: ChecksRoundOptions,
  context: ExecutionContext,
  round: number,
  finding: Finding,
): Finding {
  const { task } = context
  const mask = (text: string) => maskSecrets(text, secrets())
  const masked: Finding = {
    ...finding,
    name: mask(finding.name),
    detail: mask(finding.detail),
    // Cut afterwards: half a secret would not be known as one.
    output: mask(finding.output).slice(-KEPT_OUTPUT),
  }
  log.transaction((tx) => {
    const evidence: Evidence = { ...masked, round, at: tx.at }
    insertEvidence(tx.db, task.id, evidence)
    const { output: _, ...told } = evidence
    tx.emit('task.checked', { ...about(task), evidence: told })
  })
  context.output(`› ${finding.passed ? 'passed' : 'failed'}: ${finding.name}: ${finding.detail}\n`)
  return masked
}
