import type { TaskId } from '../../../shared/model/ids.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { ModelMessage } from '../models/model-client.js'
import type { Clock } from '../ports.js'
import type { ExecutionContext, ExecutionOutcome, TaskExecutor } from '../scheduler/executor.js'
import type { HeldTasks } from '../scheduler/held-tasks.js'
import type { EndedHook, Park, RunFollower } from '../scheduler/task-lifecycle.js'
import {
  type Membership,
  selectMembership,
  selectRunningLeads,
  selectTeam,
  setWorker,
  type TeamTask,
} from '../store/queries/plans.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'

/** Workers of one team at the same time (SEEDS C6). */
export const MOST_WORKERS = 10
/** What a worker remembers of its earlier parts, in UTF-16 units. */
const REMEMBERED = 40_000

/**
 * Who of a team takes a part: an idle worker of that kind before a new one; when there are ten already and the
 * idle ones are of other kinds, the name of one of those is given up. Null when ten are at work. Pure.
 */
export function workerFor(
  { agent }: Pick<TeamTask, 'agent'>,
  others: readonly Pick<TeamTask, 'agent' | 'worker' | 'state'>[],
): string | null {
  const busy = new Set<string>()
  const mine = new Set<string>()
  for (const other of others) {
    if (other.worker === null) continue
    if (other.agent === agent) mine.add(other.worker)
    if (other.state === 'running') busy.add(other.worker)
  }
  if (busy.size >= MOST_WORKERS) return null
  const idle = [...mine].find((worker) => !busy.has(worker))
  if (idle !== undefined) return idle
  let number = mine.size + 1
  while (mine.has(`${agent}-${number}`)) number += 1
  return `${agent}-${number}`
}

export interface TeamPoolOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly held: () => HeldTasks
}

/** The workers of every team: who does which part, what each remembers, and that there are ten at most. */
export class TeamPool implements RunFollower {
  readonly #options: TeamPoolOptions

  constructor(options: TeamPoolOptions) {
    this.#options = options
  }

  /** The executor, for those of a team who have found a worker; the others wait for one. */
  limiting(executor: TaskExecutor): TaskExecutor {
    return {
      execute: async (context) => this.#outcomeWithout(context) ?? executor.execute(context),
    }
  }

  /** Earlier parts that the same worker has done, oldest first. */
  historyOf(task: TaskRecord): ModelMessage[] {
    if (task.parentId === null) return []
    const { log, clock } = this.#options
    const now = clock.now()
    return log.query((db) => {
      const membership = selectMembership(db, task.id)
      if (membership?.worker == null) return []
      const earlier = selectTeam(db, membership.leadId).filter(
        ({ worker, taskId, state }) =>
          worker === membership.worker && taskId !== task.id && state === 'completed',
      )
      let left = REMEMBERED
      const pairs: ModelMessage[][] = []
      for (const { taskId } of earlier.reverse()) {
        const done = selectTask(db, taskId, now)
        const report = done?.result?.output
        if (done === undefined || typeof report !== 'string' || report === '') continue
        left -= done.description.length + report.length
        if (left < 0) break
        pairs.push([said('user', done.description), said('assistant', report)])
      }
      return pairs.reverse().flat()
    })
  }

  began(): void {
    // The worker is found when the part runs.
  }

  /** A worker may have become free between the look for one and this commit. */
  parked(tx: Transaction, task: TaskRecord, park: Park): void {
    const membership = memberIn(tx, task)
    if (membership === undefined) return
    // Who waits for something gives room to another one.
    if (park.reason !== 'limit' || hasRoom(tx, membership.leadId)) {
      this.#release(tx, membership.leadId)
    }
  }

  reopened(): void {
    // It looks for a worker again when it runs.
  }

  readonly ended: EndedHook = (tx, task) => {
    const membership = memberIn(tx, task)
    if (membership !== undefined) this.#release(tx, membership.leadId)
  }

  /** At a start nobody is at work: whoever was held back looks again. */
  mend(tx: Transaction): void {
    for (const leadId of selectRunningLeads(tx.db)) {
      for (const { taskId, isHeld } of selectTeam(tx.db, leadId)) {
        if (isHeld === 1) this.#options.held().release(tx, taskId)
      }
    }
  }

  #outcomeWithout({ task }: ExecutionContext): ExecutionOutcome | null {
    if (task.parentId === null) return null
    return this.#options.log.transaction((tx) => {
      const membership = selectMembership(tx.db, task.id)
      if (membership === undefined) return null
      const others = selectTeam(tx.db, membership.leadId).filter(({ taskId }) => taskId !== task.id)
      const busy = others.filter(({ state, worker }) => state === 'running' && worker !== null)
      const bound = membership.worker
      // One that was interrupted goes on as the worker that it was, unless that one is at work.
      if (bound !== null && !busy.some(({ worker }) => worker === bound)) return null
      const worker = workerFor(membership, others)
      if (worker !== null) {
        setWorker(tx.db, task.id, worker)
        return null
      }
      const detail = `All ${MOST_WORKERS} workers of its team are at work.`
      return { kind: 'waiting', reason: 'limit', detail, untilMs: null }
    })
  }

  #release(tx: Transaction, leadId: TaskId): void {
    const held = selectTeam(tx.db, leadId).find(({ isHeld }) => isHeld === 1)
    if (held !== undefined) this.#options.held().release(tx, held.taskId)
  }
}

/** Every part of a plan has a parent; of the many tasks without one nothing is asked. */
function memberIn({ db }: Transaction, { id, parentId }: TaskRecord): Membership | undefined {
  return parentId === null ? undefined : selectMembership(db, id)
}

function hasRoom({ db }: Transaction, leadId: TaskId): boolean {
  const busy = selectTeam(db, leadId).filter(
    ({ state, worker }) => state === 'running' && worker !== null,
  )
  return busy.length < MOST_WORKERS
}

function said(role: ModelMessage['role'], text: string): ModelMessage {
  return { role, content: [{ type: 'text', text }] }
}
