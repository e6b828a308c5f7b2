import type { WorkKind } from '../../../../shared/model/agent.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { MAIL_PRIORITIES } from '../../../../shared/model/mail.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import type { Transaction } from '../../events/event-log.js'
import { changeMail } from '../../mail/change-mail.js'
import type { MailRecord } from '../../mail/mail-record.js'
import type { Postman } from '../../mail/mailroom.js'
import type { Held, HeldTasks } from '../../scheduler/held-tasks.js'
import {
  countQueued,
  insertWork,
  selectFirstQueued,
  selectOpenWorkIds,
  selectQueued,
  selectWork,
  setWorkState,
} from '../../store/queries/agent-work.js'
import { selectAgent, selectAgentByOrdinal, updateAgent } from '../../store/queries/agents.js'
import { selectOpenMails, selectUnread } from '../../store/queries/mails.js'
import type { OwnWaitReason } from '../../tasks/task-record.js'
import type { AgentJournal } from './agent-log.js'
import type { AgentRecord } from './agent-record.js'
import { type Command, type Condition, move } from './agent-state.js'
import { mailComesFirst, orderForEvent, orderOf, titleOfMail } from './work-order.js'

export interface EngineOptions {
  readonly held: () => HeldTasks
  readonly journal: AgentJournal
  /** Whether the queue takes no new tasks. */
  readonly isDraining: () => boolean
  /** Folder of an agent that names none. */
  readonly defaultWorkspace: () => string
  /** After a commit that may have changed when the next timer is due. */
  readonly timersChanged: () => void
}

export interface Cause {
  readonly reason?: string | null
  readonly taskId?: TaskId
}

const DEFAULT_QUEUE = 100

/**
 * Moves agents and hands them their work, inside the commit of whatever asked for it: a state, the event that tells
 * of it, and the task that begins or rests because of it become true together.
 */
export class AgentEngine implements Postman {
  readonly #options: EngineOptions

  constructor(options: EngineOptions) {
    this.#options = options
  }

  get held(): HeldTasks {
    return this.#options.held()
  }

  /** @throws AppError `invalid_state` for a move that there is not */
  move(tx: Transaction, agent: AgentRecord, command: Command, cause: Cause = {}): AgentRecord {
    const { next, event } = move(agent.agentId, agent, command)
    const reason = cause.reason ?? null
    const moved: AgentRecord = {
      ...agent,
      ...next,
      ...(event === null ? {} : { reason, stateSinceMs: tx.at }),
    }
    updateAgent(tx.db, moved)
    if (event !== null) {
      const { sessionId, agentId, state: from } = agent
      const { taskId } = cause
      const about = { sessionId, agentId, from, state: moved.state, reason }
      tx.emit(event, taskId === undefined ? about : { ...about, taskId })
      const why = reason === null ? '' : ` (${reason})`
      tx.afterCommit(() => this.#options.journal.note(agent, `${from} → ${moved.state}${why}`))
    } else if (hasChanged(agent, next)) {
      tx.emit('agent.updated', { sessionId: agent.sessionId, agentId: agent.agentId })
    }
    tx.afterCommit(this.#options.timersChanged)
    return moved
  }

  /**
   * Puts a task into the queue of an agent.
   * @throws AppError `invalid_state` for a stopped agent, `limit_exceeded` for a full queue
   */
  give(
    tx: Transaction,
    agent: AgentRecord,
    work: { kind: WorkKind; description: string; input?: unknown; hops?: number },
  ): TaskId {
    if (agent.state === 'stopped') {
      throw new AppError('invalid_state', `agent ${agent.agentId} is stopped: start it first`)
    }
    if (this.#options.isDraining()) {
      throw new AppError(
        'invalid_state',
        'the queue is being drained: it takes no new tasks until it is resumed',
      )
    }
    const most = agent.config.limits?.maxQueue ?? DEFAULT_QUEUE
    // One that can begin at once does not wait in the queue.
    const canBegin = agent.state === 'idle' && agent.started && agent.taskId === null
    if (!canBegin && countQueued(tx.db, agent.ordinal) >= most) {
      throw new AppError(
        'limit_exceeded',
        `the queue of agent ${agent.agentId} is full: ${most} tasks wait there already`,
      )
    }
    const params = orderOf(agent, work.description, work.input)
    const submission = { params, workspace: this.workspaceOf(agent) }
    const { id } = this.held.add(tx, submission, whyNot(agent))
    const { kind, hops = -1 } = work
    insertWork(tx.db, {
      taskId: id,
      agent: agent.ordinal,
      kind,
      mailId: null,
      hops,
      state: 'queued',
    })
    this.settle(tx, agent)
    return id
  }

  /** Ends what waits for an agent that will not be there any more, and the waits of those who asked it. */
  dissolve(
    tx: Transaction,
    address: { readonly sessionId: string; readonly agentId: string },
    ordinal: number,
  ): void {
    tx.afterCommit(() => this.#options.journal.forget(address))
    const message = `its agent ${address.agentId} was deleted`
    for (const taskId of selectOpenWorkIds(tx.db, ordinal)) this.held.cancel(tx, taskId, message)
    for (const mail of selectOpenMails(tx.db, address, tx.at)) {
      const error = `not_found: agent ${address.agentId} was deleted`
      changeMail(tx, { ...mail, state: 'failed', error, waitingTask: null })
      if (mail.waitingTask !== null) this.answered(tx, mail.waitingTask)
    }
  }

  /** A task that had ended waits in the queue again. */
  takeBack(tx: Transaction, agent: AgentRecord, taskId: TaskId): void {
    this.held.hold(tx, taskId, whyNot(agent))
    this.settle(tx, agent)
  }

  /** Hands an agent an event as a task; false where its queue is full or it is stopped. */
  giveEvent(tx: Transaction, agent: AgentRecord, event: string, data: unknown): boolean {
    try {
      this.give(tx, agent, { kind: 'event', ...orderForEvent(event, data) })
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const line = `the event ${event} could not be handed over: ${error.message}`
      tx.afterCommit(() => this.#options.journal.note(agent, line))
      return false
    }
  }

  /** Whether an event of this name waits in the queue already. */
  hasEventQueued(tx: Transaction, agent: AgentRecord, event: string): boolean {
    const { description } = orderForEvent(event, undefined)
    return selectQueued(tx.db, agent.ordinal, tx.at).some(
      ({ kind, taskId }) =>
        kind === 'event' && this.held.get(tx, taskId)?.description === description,
    )
  }

  /** Makes what an agent's tasks do fit the state that it is in: begins the next, or holds all back. */
  settle(tx: Transaction, given: AgentRecord): AgentRecord {
    if (given.state === 'active') return given
    const agent = this.#wakeForMail(tx, given)
    const takesWork = agent.state === 'idle' && agent.started
    const why = whyNot(agent)
    if (agent.taskId !== null) {
      const task = this.held.get(tx, agent.taskId)
      if (!takesWork) this.held.hold(tx, agent.taskId, why)
      else if (task?.ownWait === 'paused') this.held.release(tx, agent.taskId)
    }
    const settled = takesWork && agent.taskId === null ? this.#beginNext(tx, agent) : agent
    const waits = whyNot(settled)
    this.#holdQueue(tx, settled, waits)
    return settled
  }

  /** All that wait are held back for one reason, so the first tells whether it has changed. */
  #holdQueue(tx: Transaction, { ordinal }: AgentRecord, why: Held): void {
    const first = selectFirstQueued(tx.db, ordinal, tx.at)
    const task = first === undefined ? undefined : this.held.get(tx, first.taskId)
    if (task?.ownWait === why.reason && task.waitDetail === why.detail) return
    for (const { taskId } of selectQueued(tx.db, ordinal, tx.at)) this.held.hold(tx, taskId, why)
  }

  delivered(tx: Transaction, mail: MailRecord): void {
    const agent = selectAgent(tx.db, mail.sessionId, mail.to, tx.at)
    if (agent === undefined) return
    const line = `mail ${mail.id} from ${mail.from}: ${mail.subject}`
    tx.afterCommit(() => this.#options.journal.note(agent, line))
    this.settle(tx, agent)
  }

  answered(tx: Transaction, taskId: TaskId): void {
    this.waitIsOver(tx, taskId, 'mail')
  }

  /** Lets a task in hand go on; false where it belongs to no agent. */
  waitIsOver(tx: Transaction, taskId: TaskId, reason: OwnWaitReason): boolean {
    const work = selectWork(tx.db, taskId, tx.at)
    if (work === undefined) return false
    const agent = selectAgentByOrdinal(tx.db, work.agent, tx.at)
    // While it runs it has not begun to wait; `parked` looks again.
    if (agent === undefined || this.held.get(tx, taskId)?.ownWait !== reason) return true
    if (agent.state === 'idle' && agent.started) this.held.release(tx, taskId)
    return true
  }

  workspaceOf({ config }: AgentRecord): string {
    return config.workspace ?? this.#options.defaultWorkspace()
  }

  /** Mail that came while it slept, or on its way to sleep, wakes it. */
  #wakeForMail(tx: Transaction, agent: AgentRecord): AgentRecord {
    const { sessionId, agentId, sleep } = agent
    if (sleep === null) return agent
    const [mail] = selectUnread(tx.db, { sessionId, agentId, limit: 1 }, tx.at)
    if (mail === undefined || !wakesOnMail(sleep, mail.priority)) return agent
    return this.move(tx, agent, { kind: 'wake' }, { reason: `mail from ${mail.from}` })
  }

  #beginNext(tx: Transaction, agent: AgentRecord): AgentRecord {
    const { sessionId, agentId, ordinal } = agent
    const work = selectFirstQueued(tx.db, ordinal, tx.at)
    const task = work === undefined ? undefined : this.held.get(tx, work.taskId)
    const [mail] = selectUnread(tx.db, { sessionId, agentId, limit: 1 }, tx.at)
    let taskId: TaskId
    if (mail !== undefined && mailComesFirst(mail, task)) taskId = this.#beginMail(tx, agent, mail)
    else if (work !== undefined) {
      taskId = work.taskId
      setWorkState(tx.db, taskId, 'current')
      this.held.release(tx, taskId)
    } else return agent
    const busy: AgentRecord = { ...agent, taskId }
    updateAgent(tx.db, busy)
    return busy
  }

  #beginMail(tx: Transaction, agent: AgentRecord, mail: MailRecord): TaskId {
    const params = orderOf(agent, titleOfMail(mail))
    const submission = { params, workspace: this.workspaceOf(agent) }
    const { id: taskId } = this.held.add(tx, submission, null)
    const { id: mailId, hops } = mail
    insertWork(tx.db, {
      taskId,
      agent: agent.ordinal,
      kind: 'mail',
      mailId,
      hops,
      state: 'current',
    })
    changeMail(tx, { ...mail, state: 'handling', readAtMs: tx.at, taskId })
    return taskId
  }
}

/** What others can see without a move. */
function hasChanged(before: Condition, now: Condition): boolean {
  return before.pausing !== now.pausing || (before.nextSleep === null) !== (now.nextSleep === null)
}

/** Why a task of the agent does not begin, as far as the agent is the reason. */
function whyNot({ agentId, state, started, sleep }: AgentRecord): Held {
  const name = `Agent ${agentId}`
  if (state === 'sleeping') {
    const until =
      sleep?.untilMs == null
        ? 'until it is woken'
        : `until ${new Date(sleep.untilMs).toISOString()}`
    return { reason: 'paused', detail: `${name} sleeps ${until}.` }
  }
  if (state === 'paused' || state === 'stopped') {
    return { reason: 'paused', detail: `${name} is ${state}.` }
  }
  if (!started) return { reason: 'paused', detail: `${name} is not started.` }
  return { reason: 'limit', detail: `${name} does one task at a time, and has others first.` }
}

function wakesOnMail(
  { events, mailFrom }: NonNullable<AgentRecord['sleep']>,
  priority: number,
): boolean {
  if (events.includes('mail_received')) return true
  if (events.includes('high_priority_mail') && priority >= MAIL_PRIORITIES.indexOf('high')) {
    return true
  }
  return mailFrom !== null && priority >= MAIL_PRIORITIES.indexOf(mailFrom)
}
