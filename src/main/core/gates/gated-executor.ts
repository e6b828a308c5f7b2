import type { Blocker } from '../../../shared/model/blocker.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Blockers } from '../blockers/blockers.js'
import type { Transaction } from '../events/event-log.js'
import type { ExecutionContext, ExecutionOutcome, TaskExecutor } from '../scheduler/executor.js'
import { about } from '../scheduler/task-events.js'
import {
  type CorrectionRecord,
  endCorrection,
  insertCorrection,
  selectCorrections,
} from '../store/queries/corrections.js'
import { selectEvidence } from '../store/queries/evidence.js'
import { selectUnreadTaskMessages, takeTaskMessages } from '../store/queries/task-messages.js'
import { headline } from '../tasks/report-text.js'
import type { TaskRecord } from '../tasks/task-record.js'
import type { Workplace, WorkplaceSource } from '../workplaces/workplace.js'
import { type ChecksRoundOptions, makeRound, type RoundEnd } from './checks-round.js'
import { decide } from './decide.js'
import { failureOf, fingerprintOf } from './failure.js'
import { correctionView } from './read-evidence.js'
import { ACCEPT, ANSWERS, correctionOrder, GIVE_UP, questionFor } from './words.js'

/** An executor whose finished work can be sent back with what is wrong with it. */
export interface CorrectableExecutor extends TaskExecutor {
  /**
   * Notes, in one commit with `also`, what the agent of a finished run is to mend; the next `execute` goes on
   * with that.
   */
  correct(task: TaskRecord, order: string, also: (transaction: Transaction) => void): void
}

export interface GatedExecutorOptions extends ChecksRoundOptions {
  readonly workplaces: WorkplaceSource
  readonly work: TaskExecutor | CorrectableExecutor
  readonly questions: Pick<Blockers, 'raise' | 'ofCall'>
}

type Completed = Extract<ExecutionOutcome, { kind: 'completed' }>
type FailedRound = Extract<RoundEnd, { kind: 'failed' }>

/**
 * Does a task where it is to be done, and calls it done when its checks pass.
 *
 * States of a task that has checks: working → checking → done, or → correcting (the agent is told the newest
 * failure) → working, or → asking (parked with reason `answer`) → correcting, done (accepted) or failed. Every
 * passage is a commit; after a crash the work is found finished and is checked again.
 */
export class GatedExecutor implements TaskExecutor {
  readonly #options: GatedExecutorOptions
  /** Null of commands: there is nobody who could mend what they did, or be spoken to. */
  readonly #mender: CorrectableExecutor | null

  constructor(options: GatedExecutorOptions) {
    this.#options = options
    this.#mender = 'correct' in options.work ? options.work : null
  }

  async execute(context: ExecutionContext): Promise<ExecutionOutcome> {
    let workplace: Workplace
    try {
      workplace = await this.#options.workplaces.open(context)
    } catch (error) {
      if (!(error instanceof AppError) || context.signal.aborted) throw error
      const { code, message } = error
      return { kind: 'failed', error: { code, message }, output: '', retryable: false }
    }
    const place = { ...context, workspace: workplace.path }
    for (;;) {
      const outcome = await this.#options.work.execute(place)
      if (outcome.kind !== 'completed') return outcome
      if (context.signal.aborted) return unlessUnchecked(place, outcome)
      const decided = await this.#afterDecision(place, workplace, outcome)
      const end = decided === 'open' ? await this.#check(place, workplace, outcome) : decided
      if (end !== null) return end
      if (context.mustGiveWay()) return { kind: 'gave_way' }
    }
  }

  /** What the person has decided needs no further check; `open` where nothing was. Null when the agent is to go on. */
  async #afterDecision(
    context: ExecutionContext,
    workplace: Workplace,
    outcome: Completed,
  ): Promise<ExecutionOutcome | 'open' | null> {
    const { log, clock, questions } = this.#options
    const { task } = context
    if (this.#mender === null) return 'open'
    const past = correctionsOf(
      log.query((db) => selectCorrections(db, task.id)),
      task,
    )
    const asked = log.query((db) => questions.ofCall(db, callIdOf(task, past.length)))
    if (asked?.state !== 'resolved') return 'open'
    const made = log.query((db) => selectEvidence(db, task.id, clock.now()))
    const failure = failureOf(made.filter(({ round }) => round === made.at(-1)?.round))
    if (asked.answer === GIVE_UP) return this.#fail(task, outcome, `given up: ${failure}`)
    if (asked.answer !== ACCEPT) return 'open'
    if (this.#handOnMessages(task)) return null
    return this.#accept(this.#mender, context, { workplace, outcome, failure, past })
  }

  /** Null when the agent is to go on. */
  async #check(
    context: ExecutionContext,
    workplace: Workplace,
    outcome: Completed,
  ): Promise<ExecutionOutcome | null> {
    const report = typeof outcome.output === 'string' ? outcome.output : ''
    const round = await makeRound(this.#options, context, { workplace, report })
    switch (round.kind) {
      case 'stopped':
        throw new AppError('cancelled', 'stopped while it was checked')
      case 'waiting':
        return { kind: 'waiting', reason: 'children', detail: round.detail, untilMs: null }
      case 'failed':
        return this.#afterFailure(context.task, outcome, round)
      case 'passed': {
        if (this.#handOnMessages(context.task)) return null
        this.#noteSuccess(context.task)
        const { artifacts } = round
        return artifacts === null ? outcome : { ...outcome, artifacts }
      }
    }
  }

  /** Most tasks were never corrected: they cost no commit here. */
  #noteSuccess(task: TaskRecord): void {
    const { log } = this.#options
    if (this.#mender === null) return
    const last = log.query((db) => selectCorrections(db, task.id)).at(-1)
    if (last?.state !== 'in_progress') return
    log.transaction((tx) => closeCorrection(tx, task, 'success'))
  }

  /** What was said to the agent while its work was checked is not lost: it reads it now. */
  #handOnMessages(task: TaskRecord): boolean {
    const { log } = this.#options
    if (this.#mender === null) return false
    const unread = log.query((db) => selectUnreadTaskMessages(db, task.id))
    if (unread.length === 0) return false
    this.#mender.correct(task, unread.map(({ text }) => text).join('\n\n'), (tx) => {
      for (const message of takeTaskMessages(tx.db, task.id, tx.at)) {
        tx.emit('task.message', { ...about(task), message })
      }
    })
    return true
  }

  #afterFailure(task: TaskRecord, outcome: Completed, round: FailedRound): ExecutionOutcome | null {
    const { log, questions } = this.#options
    const failure = failureOf(round.findings)
    const mender = this.#mender
    if (mender === null || task.maxCorrections === 0) return this.#fail(task, outcome, failure)
    const past = correctionsOf(
      log.query((db) => selectCorrections(db, task.id)),
      task,
    )
    const callId = callIdOf(task, past.length)
    const asked = log.query((db) => questions.ofCall(db, callId))
    if (asked !== undefined && asked.state !== 'cancelled') {
      return this.#afterQuestion(mender, task, outcome, { failure, past, asked })
    }
    const step = decide({
      fingerprint: fingerprintOf(failure),
      corrections: past,
      maxCorrections: task.maxCorrections,
      standstill: round.standstill,
    })
    if (step.kind === 'correct') {
      return this.#correct(mender, task, { failure, past, limit: step.limit, asked: null })
    }
    const question = questionFor(failure, step.why, task.description)
    log.transaction((tx) => {
      closeCorrection(tx, task, 'failed')
      questions.raise(tx, {
        ...{ taskId: task.id, kind: 'sync', source: 'checks', question, callId, options: ANSWERS },
      })
    })
    return waiting(step.why)
  }

  #afterQuestion(
    mender: CorrectableExecutor,
    task: TaskRecord,
    outcome: Completed,
    found: {
      readonly failure: string
      readonly past: readonly CorrectionRecord[]
      readonly asked: Blocker
    },
  ): ExecutionOutcome | null {
    const { failure, past, asked } = found
    if (asked.state === 'open') return waiting('a person is to decide')
    if (asked.state !== 'resolved') {
      return this.#fail(task, outcome, `nobody said what to do about it: ${failure}`)
    }
    return this.#correct(mender, task, {
      failure,
      past,
      limit: past.length + task.maxCorrections,
      asked,
    })
  }

  /** As good as done: it is handed over like work that has passed. */
  async #accept(
    mender: CorrectableExecutor,
    context: ExecutionContext,
    {
      workplace,
      outcome,
      failure,
      past,
    }: {
      readonly workplace: Workplace
      readonly outcome: Completed
      readonly failure: string
      readonly past: readonly CorrectionRecord[]
    },
  ): Promise<ExecutionOutcome | null> {
    const { task, signal } = context
    const delivery = await workplace.deliver(signal)
    if (delivery.kind === 'conflict') {
      const limit = past.length + Math.max(1, task.maxCorrections)
      const files = delivery.files.join(', ')
      const conflict = `${delivery.detail} Take the marks of conflict out of ${files}.`
      return this.#correct(mender, task, { failure: conflict, past, limit, asked: null })
    }
    const said = typeof outcome.output === 'string' ? outcome.output : ''
    const note = `_A person accepted this although a check does not pass: ${headline(failure)}_`
    const { artifacts } = delivery
    const output = `${said}\n\n${note}`.trim()
    return { ...outcome, output, ...(artifacts === null ? {} : { artifacts }) }
  }

  /** The agent goes on with what is wrong, in one commit with the record of it. */
  #correct(
    mender: CorrectableExecutor,
    task: TaskRecord,
    next: {
      readonly failure: string
      readonly past: readonly CorrectionRecord[]
      readonly limit: number
      readonly asked: Blocker | null
    },
  ): null {
    const { failure, past, limit, asked } = next
    const all = this.#options.log.query((db) => selectCorrections(db, task.id))
    const order = correctionOrder({
      ...{ attempt: past.length + 1, limit, failure },
      earlier: past.map((each) => each.failure),
      advice: asked === null ? null : { question: asked.question, answer: asked.answer ?? '' },
    })
    mender.correct(task, order, (tx) => {
      closeCorrection(tx, task, 'failed')
      const record: CorrectionRecord = {
        ...{ attempt: all.length + 1, taskAttempt: task.attempt, limit, state: 'in_progress' },
        ...{ failure, fingerprint: fingerprintOf(failure), startedAt: tx.at, endedAt: null },
      }
      insertCorrection(tx.db, task.id, record)
      tell(tx, task, record)
    })
    return null
  }

  #fail(task: TaskRecord, outcome: Completed, failure: string): ExecutionOutcome {
    this.#options.log.transaction((tx) => closeCorrection(tx, task, 'failed'))
    const { output, agents, artifacts } = outcome
    return {
      kind: 'failed',
      error: { code: 'command_failed', message: `its checks do not pass: ${headline(failure)}` },
      output,
      retryable: true,
      ...(agents === undefined ? {} : { agents }),
      ...(artifacts === undefined ? {} : { artifacts }),
    }
  }
}

/** Names the question that follows on so many corrections of an attempt. */
function callIdOf({ id, attempt }: TaskRecord, corrections: number): string {
  return `${id}:${attempt}:checks:${corrections}`
}

/** Work that was complete when it was told to stop, but was not checked, goes on with that later. */
function unlessUnchecked({ task, workspace }: ExecutionContext, outcome: Completed): Completed {
  if (task.checks.length === 0 && workspace === task.workspace) return outcome
  throw new AppError('cancelled', 'stopped before its work was checked and handed over')
}

function waiting(why: string): ExecutionOutcome {
  const detail = `Waits for the person: its checks do not pass (${why}).`
  return { kind: 'waiting', reason: 'answer', detail, untilMs: null }
}

/** Those of this attempt of the task: another attempt has its tries again. */
function correctionsOf(all: readonly CorrectionRecord[], { attempt }: TaskRecord) {
  return all.filter(({ taskAttempt }) => taskAttempt === attempt)
}

function closeCorrection(tx: Transaction, task: TaskRecord, state: 'success' | 'failed'): void {
  const last = selectCorrections(tx.db, task.id).at(-1)
  if (last?.state !== 'in_progress') return
  const ended = { ...last, state, endedAt: tx.at }
  endCorrection(tx.db, task.id, ended)
  tell(tx, task, ended)
}

function tell(tx: Transaction, task: TaskRecord, record: CorrectionRecord): void {
  tx.emit('task.correction_attempt', { ...about(task), correction: correctionView(record) })
}
