import { EventLog, type Transaction } from '../../src/main/core/events/event-log.js'
import { NotificationList } from '../../src/main/core/notify/notification-list.js'
import { Notifier } from '../../src/main/core/notify/notifier.js'
import { newTask } from '../../src/main/core/scheduler/new-task.js'
import { openDatabase } from '../../src/main/core/store/database.js'
import { insertBlocker, updateBlocker } from '../../src/main/core/store/queries/blockers.js'
import { insertPlan, replaceParts, updatePlan } from '../../src/main/core/store/queries/plans.js'
import { insertTask } from '../../src/main/core/store/queries/tasks.js'
import type { Blocker } from '../../src/shared/model/blocker.js'
import { BlockerId, PlanId, TaskId } from '../../src/shared/model/ids.js'
import type { Notification, TaskNotify } from '../../src/shared/model/notification.js'
import type { Plan } from '../../src/shared/model/plan.js'
import {
  DEFAULT_PREFERENCES,
  type NotificationPreferences,
  type Preferences,
} from '../../src/shared/model/preferences.js'
import type { TaskResult } from '../../src/shared/model/task.js'
import type { DurableEvent } from '../../src/shared/rpc/contract.js'
import { SequentialIds } from './sequential-ids.js'
import { SilentLogger } from './silent-logger.js'
import { SimulatedClock } from './simulated-clock.js'

const RESULT: TaskResult = {
  success: true,
  output: '',
  metrics: { duration: 1, tokensUsed: 0, agentsInvolved: [] },
}

/** Tasks that live on paper, and what the person is told of them; time is in the hands of a test. */
export class NotifyBench {
  readonly clock: SimulatedClock
  readonly db = openDatabase({ path: ':memory:' })
  readonly logger = new SilentLogger()
  readonly ids = new SequentialIds()
  readonly log: EventLog
  readonly list: NotificationList
  readonly events: DurableEvent[] = []
  preferences: Preferences = DEFAULT_PREFERENCES
  /** What the system is known to say; null: it has to be asked, and then says `asksForQuiet`. */
  isDisturbed: boolean | null = false
  asksForQuiet = false
  asked = 0
  notifier: Notifier
  #count = 0

  constructor(startMs?: number) {
    this.clock = new SimulatedClock(startMs)
    this.log = new EventLog(this.db, this.clock, this.logger)
    this.list = new NotificationList(this.log, this.clock)
    this.log.subscribe({ durable: (event) => this.events.push(event), live: () => undefined })
    this.notifier = this.#open()
    this.notifier.start()
    this.clock.advance(0)
  }

  #open(): Notifier {
    return new Notifier({
      ...{ log: this.log, clock: this.clock, logger: this.logger, ids: this.ids },
      ...{ preferences: () => this.preferences, languages: ['en'], timezone: 'Europe/Berlin' },
      doNotDisturb: { known: () => this.isDisturbed, ask: () => this.#ask() },
    })
  }

  #ask(): Promise<void> {
    this.asked++
    this.isDisturbed = this.asksForQuiet
    return Promise.resolve()
  }

  prefer(change: Partial<NotificationPreferences>): void {
    const notifications = { ...this.preferences.notifications, ...change }
    this.preferences = { ...this.preferences, notifications }
  }

  /** As after the death of the host: nothing is said farewell to. */
  restart({ orderly = false }: { readonly orderly?: boolean } = {}): void {
    if (orderly) this.notifier.stop()
    else this.#abandon()
    this.notifier = this.#open()
    this.notifier.start()
  }

  #abandon(): void {
    const before = this.db.prepare(`SELECT value FROM settings WHERE key = 'notify'`).pluck().get()
    this.notifier.stop()
    this.db.prepare(`UPDATE settings SET value = ? WHERE key = 'notify'`).run(before)
  }

  close(): void {
    this.notifier.stop()
    this.db.close()
  }

  task(notify: TaskNotify | null = null, parentId: TaskId | null = null): TaskId {
    const id = this.log.transaction((tx) => this.#add(tx, notify, parentId))
    this.begin(id)
    return id
  }

  /** Many at once, which all end in the commit after. */
  endMany(count: number): void {
    const add = () => Array.from({ length: count }, (_, index) => index)
    const ids = this.log.transaction((tx) => add().map(() => this.#add(tx, null, null)))
    this.log.transaction(({ db, at, emit }) => {
      const end = db.prepare(
        `UPDATE tasks SET state = 'completed', completed_at_ms = ? WHERE id = ?`,
      )
      for (const taskId of ids) {
        end.run(at, taskId)
        emit('task.completed', { taskId, result: RESULT })
      }
    })
  }

  #add({ db, at }: Transaction, notify: TaskNotify | null, parentId: TaskId | null): TaskId {
    const id = TaskId.parse(`task_n${++this.#count}`)
    const params = {
      ...({ type: 'command', command: 'true', description: `task ${this.#count}` } as const),
      ...(notify === null ? {} : { notify }),
      ...(parentId === null ? {} : { parentId }),
    }
    const wait = { reason: null, detail: null, notBeforeMs: null, blockedBy: [] }
    insertTask(db, newTask(id, { params, workspace: '/', contentHash: null }, wait, at))
    return id
  }

  begin(taskId: TaskId): void {
    this.log.transaction(({ db, emit }) => {
      db.prepare(
        `UPDATE tasks SET state = 'running', attempt = attempt + 1, completed_at_ms = NULL WHERE id = ?`,
      ).run(taskId)
      emit('task.started', { taskId, attempt: 1 })
    })
  }

  progress(taskId: TaskId, progress: number): void {
    this.log.transaction(({ db, at, emit }) => {
      db.prepare('UPDATE tasks SET progress = ? WHERE id = ?').run(progress, taskId)
      const update = { timestamp: at, step: 'a step', progress, message: '' }
      emit('task.progress', { taskId, ...update, steps: [] })
    })
  }

  end(
    taskId: TaskId,
    state: 'completed' | 'failed' | 'cancelled' = 'completed',
    code: 'cancelled' | 'dependency_failed' | 'command_failed' = 'command_failed',
  ): void {
    const error = { code, message: 'it went wrong' }
    this.log.transaction(({ db, at, emit }) => {
      const values = state === 'completed' ? [null, null] : [code, error.message]
      db.prepare(
        'UPDATE tasks SET state = ?, completed_at_ms = ?, error_code = ?, error_message = ? WHERE id = ?',
      ).run(state, at, ...values, taskId)
      if (state === 'completed') emit('task.completed', { taskId, result: RESULT })
      else emit(`task.${state}`, { taskId, error, result: RESULT })
    })
  }

  ask(taskId: TaskId, change: Partial<Blocker> = {}): Blocker {
    return this.log.transaction(({ db, at, emit }) => {
      const blocker: Blocker = {
        ...{ id: BlockerId.parse(`blk_n${++this.#count}`), taskId, kind: 'sync', source: 'agent' },
        ...{ question: 'Which port?', options: ['80', '8080'], state: 'open', createdAt: at },
        ...change,
      }
      insertBlocker(db, { ...blocker, callId: blocker.id })
      emit('blocker.created', { taskId, blocker })
      return blocker
    })
  }

  answer(asked: Blocker): void {
    this.log.transaction(({ db, at, emit }) => {
      const blocker: Blocker = { ...asked, state: 'resolved', answer: '80', resolvedAt: at }
      updateBlocker(db, blocker)
      emit('blocker.resolved', { taskId: asked.taskId, blocker })
    })
  }

  propose(taskId: TaskId, titles: readonly string[]): Plan {
    return this.log.transaction(({ db, at, emit }) => {
      const parts = titles.map((title) => ({
        ...{ key: title, title, description: title, dependsOn: [], agent: 'a', reason: '' },
        checks: [],
      }))
      const plan: Plan = {
        ...{ id: PlanId.parse(`plan_n${++this.#count}`), taskId, round: 1, state: 'proposed' },
        ...{ goal: 'a goal', parts, createdAt: at },
      }
      const { id, round, state, goal } = plan
      insertPlan(db, { id, taskId, callId: null, round, state, goal, createdAtMs: at })
      replaceParts(db, id, parts)
      emit('plan.updated', { taskId, plan })
      return plan
    })
  }

  /** Somebody approves it. */
  decide(proposed: Plan): void {
    this.log.transaction(({ db, emit }) => {
      const plan: Plan = { ...proposed, state: 'running' }
      updatePlan(db, plan.id, { state: plan.state })
      emit('plan.updated', { taskId: plan.taskId, plan })
    })
  }

  /** Everything that was ever told, oldest first. */
  get told(): Notification[] {
    return this.events.flatMap((event) =>
      event.name === 'notification.created' ? [event.payload.notification] : [],
    )
  }

  /** What stands in the list, oldest first. */
  get kept(): Notification[] {
    const all = { unread: false, before: Number.MAX_SAFE_INTEGER, limit: 500 }
    return this.list.page(all).notifications.toReversed()
  }

  titles(): string[] {
    return this.told.map(({ title }) => title)
  }
}
