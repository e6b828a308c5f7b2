import { USER } from '../../../../shared/model/agent.js'
import type { TaskError, TaskResult, TaskState } from '../../../../shared/model/task.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import type { Transaction } from '../../events/event-log.js'
import { changeMail } from '../../mail/change-mail.js'
import type { MailRecord } from '../../mail/mail-record.js'
import { replySubject } from '../../mail/mail-record.js'
import type { Draft, Mailroom } from '../../mail/mailroom.js'
import type { EndedHook, Park, RunFollower } from '../../scheduler/task-lifecycle.js'
import { countRuns } from '../../store/queries/agent-runs.js'
import { selectSaid } from '../../store/queries/agent-steps.js'
import {
  addWorkTotals,
  isWork,
  selectWork,
  setWorkBegun,
  setWorkState,
} from '../../store/queries/agent-work.js'
import { selectAgentByOrdinal } from '../../store/queries/agents.js'
import { selectAwaited, selectMail, selectMailsInHand } from '../../store/queries/mails.js'
import { headline } from '../../tasks/report-text.js'
import type { TaskRecord } from '../../tasks/task-record.js'
import type { AgentEngine } from './agent-engine.js'
import type { AgentJournal } from './agent-log.js'
import type { AgentRecord, WorkRecord } from './agent-record.js'
import { channelsOf } from './channels.js'

export interface FollowerOptions {
  readonly engine: AgentEngine
  readonly mailroom: Mailroom
  readonly journal: AgentJournal
}

const ANSWER = 100_000

/** Moves an agent along with its tasks, in the commits in which those begin, rest and end. */
export class AgentFollower implements RunFollower {
  readonly #options: FollowerOptions

  constructor(options: FollowerOptions) {
    this.#options = options
  }

  began(tx: Transaction, task: TaskRecord): void {
    const of = find(tx, task)
    if (of === null) return
    const { agent, work } = of
    if (agent.taskId === task.id && agent.state === 'idle' && agent.started) {
      this.#options.engine.move(tx, agent, { kind: 'step_begins' }, { taskId: task.id })
    }
    if (work.begun) return
    setWorkBegun(tx.db, task.id, true)
    tx.emit('async.task.started', { ...addressOf(agent), taskId: task.id })
    this.#note(tx, agent, `begins ${task.id}: ${headline(task.description)}`)
  }

  parked(tx: Transaction, task: TaskRecord, park: Park): void {
    const of = find(tx, task)
    if (of === null || of.agent.taskId !== task.id) return
    const { engine } = this.#options
    const { at: nowMs } = tx
    const agent = engine.move(
      tx,
      of.agent,
      { kind: 'step_ends', hasTask: true, nowMs },
      { taskId: task.id, reason: park.reason === null ? null : park.detail },
    )
    engine.settle(tx, agent)
    // The answer may have come between the question and this commit.
    if (park.reason === 'mail' && selectAwaited(tx.db, task.id, nowMs) === undefined) {
      engine.answered(tx, task.id)
    }
  }

  /** A person wants it tried again: it goes to the end of the agent's queue, as when it was given. */
  reopened(tx: Transaction, task: TaskRecord): void {
    if (!isWork(tx.db, task.id)) return
    const of = find(tx, task)
    if (of === null) {
      throw new AppError(
        'invalid_state',
        `the agent of task ${task.id} is gone: give it to another`,
      )
    }
    const { agent, work } = of
    if (agent.state === 'stopped') {
      const { agentId } = agent
      throw new AppError('invalid_state', `agent ${agentId} is stopped: start it first`)
    }
    addWorkTotals(tx.db, agent.ordinal, task, -1)
    setWorkState(tx.db, task.id, 'queued')
    setWorkBegun(tx.db, task.id, false)
    const mail = work.mailId === null ? undefined : selectMail(tx.db, work.mailId, tx.at)
    if (mail?.state === 'failed') {
      changeMail(tx, { ...mail, state: 'handling', taskId: task.id, error: null })
    }
    this.#options.engine.takeBack(tx, agent, task.id)
  }

  readonly ended: EndedHook = (tx, task, state, result) => {
    const of = find(tx, task)
    if (of === null) {
      if (isWork(tx.db, task.id)) setWorkState(tx.db, task.id, 'ended')
      return
    }
    const { agent, work } = of
    const { engine } = this.#options
    setWorkState(tx.db, task.id, 'ended')
    addWorkTotals(tx.db, agent.ordinal, task, 1)
    this.#endWait(tx, task)
    this.#tell(tx, of, task, result)
    this.#settleMail(tx, of, task, result)
    this.#reportFailure(tx, of, task, state)
    const now = selectAgentByOrdinal(tx.db, work.agent, tx.at) ?? agent
    if (now.taskId !== task.id) return
    const free: AgentRecord = { ...now, taskId: null, reason: null }
    const moved = engine.move(tx, free, { kind: 'task_ends', nowMs: tx.at }, { taskId: task.id })
    engine.settle(tx, moved)
  }

  /** Nobody waits any more: an answer that comes is mail like any other. */
  #endWait(tx: Transaction, task: TaskRecord): void {
    const awaited = selectAwaited(tx.db, task.id, tx.at)
    if (awaited !== undefined) changeMail(tx, { ...awaited, waitingTask: null })
  }

  /** Exactly one terminal event per task. */
  #tell(tx: Transaction, { agent }: Found, task: TaskRecord, result: TaskResult): void {
    const about = { ...addressOf(agent), taskId: task.id }
    if (result.success) {
      const said = selectSaid(tx.db, `${task.id}.${countRuns(tx.db, task.id)}`)
      tx.emit('async.task.completed', { ...about, ...channelsOf(said, result.output) })
      this.#note(tx, agent, `has done ${task.id}`)
    } else {
      const error = errorOf(task)
      tx.emit('async.task.error', { ...about, error })
      this.#note(tx, agent, `${task.id} ended with ${error.code}: ${error.message}`)
    }
  }

  #settleMail(tx: Transaction, { agent }: Found, task: TaskRecord, result: TaskResult): void {
    for (const mail of selectMailsInHand(tx.db, task.id, tx.at)) {
      const wasRead = mail.state === 'read'
      if (result.success) {
        changeMail(tx, { ...mail, state: 'handled', handledAtMs: tx.at })
      } else if (wasRead) {
        // It was only seen in passing: nobody has handled it.
        changeMail(tx, { ...mail, state: 'unread', readAtMs: null, taskId: null })
      } else {
        const { code, message } = errorOf(task)
        changeMail(tx, { ...mail, state: 'failed', error: `${code}: ${message}` })
      }
      // Who looked at it in passing has handled it only if all went well.
      if (!wasRead || result.success) this.#answerWaiting(tx, agent, mail, task, result)
    }
  }

  /** Whoever waits for the answer gets the report, or hears that there will be none. */
  #answerWaiting(
    tx: Transaction,
    agent: AgentRecord,
    mail: MailRecord,
    task: TaskRecord,
    result: TaskResult,
  ): void {
    const now = selectMail(tx.db, mail.id, tx.at)
    if (now === undefined || now.waitingTask === null || now.answerId !== null) return
    const { code, message } = errorOf(task)
    const body = result.success ? String(result.output ?? '') : `Error: ${code}: ${message}`
    const sent = this.#send(tx, agent, {
      ...replyTo(agent, mail),
      body: body.trim() === '' ? '(no answer)' : body.slice(0, ANSWER),
      isFailure: !result.success,
      callId: `${task.id}:answer`,
    })
    if (sent) return
    changeMail(tx, { ...now, waitingTask: null })
    this.#options.engine.answered(tx, now.waitingTask)
  }

  /** An agent that fails says so to whoever gave it the work. */
  #reportFailure(
    tx: Transaction,
    { agent, work }: Found,
    task: TaskRecord,
    state: TaskState,
  ): void {
    const mail = work.mailId === null ? undefined : selectMail(tx.db, work.mailId, tx.at)
    const giver = mail?.from ?? USER
    const isKnown = state === 'cancelled' && giver === USER
    // Who waited has its answer; who told of a failure is not told of the next.
    if (state === 'completed' || isKnown || mail?.isFailure || mail?.waitingTask != null) return
    const { code, message } = errorOf(task)
    const subject = `Failed: ${mail?.subject ?? headline(task.description)}`.slice(0, 500)
    const body = `${task.id} ended with ${code}: ${message}`
    const draft =
      mail === undefined
        ? { ...addressOf(agent), from: agent.agentId, to: USER, priority: 2, causeHops: work.hops }
        : replyTo(agent, mail)
    this.#send(tx, agent, {
      ...draft,
      ...{ sessionId: agent.sessionId, subject, body, isFailure: true },
      callId: `${task.id}:failure`,
    })
  }

  /** False where it cannot be sent (a full inbox, a circle): then it stands with the task and in the log. */
  #send(tx: Transaction, agent: AgentRecord, draft: Draft): boolean {
    try {
      this.#options.mailroom.send(tx, draft)
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#note(tx, agent, `could not send mail to ${draft.to}: ${error.message}`)
      return false
    }
  }

  #note(tx: Transaction, agent: AgentRecord, line: string): void {
    tx.afterCommit(() => this.#options.journal.note(agent, line))
  }
}

interface Found {
  readonly agent: AgentRecord
  readonly work: WorkRecord
}

function find(tx: Transaction, task: TaskRecord): Found | null {
  if (task.lane !== 'agent') return null
  const work = selectWork(tx.db, task.id, tx.at)
  const agent = work === undefined ? undefined : selectAgentByOrdinal(tx.db, work.agent, tx.at)
  return work === undefined || agent === undefined ? null : { agent, work }
}

function addressOf({ sessionId, agentId }: AgentRecord) {
  return { sessionId, agentId }
}

function replyTo(agent: AgentRecord, mail: MailRecord) {
  return {
    sessionId: agent.sessionId,
    from: agent.agentId,
    to: mail.from,
    subject: replySubject(mail.subject),
    priority: mail.priority,
    replyTo: mail.id,
    causeHops: mail.hops,
  }
}

function errorOf({ error }: TaskRecord): TaskError {
  return error ?? { code: 'internal', message: 'ended without a reason' }
}
