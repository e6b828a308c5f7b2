import {
  type BlockerId,
  NotificationId,
  type PlanId,
  type TaskId,
} from '../../../shared/model/ids.js'
import type { Preferences } from '../../../shared/model/preferences.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import type { DoNotDisturb, Ids } from '../ports.js'
import { selectBlocker } from '../store/queries/blockers.js'
import {
  deleteNotification,
  insertNotification,
  type NotificationRecord,
  selectNotification,
  selectNotificationIdsOfTask,
  selectNotificationOf,
  trimNotifications,
} from '../store/queries/notifications.js'
import {
  deleteEnd,
  insertEnd,
  isChoreOfAgent,
  type NotifyFacts,
  selectNotifyFacts,
  selectOutcome,
  selectRoot,
  selectTold,
  takeEnds,
  upsertTold,
} from '../store/queries/notify.js'
import { selectParts, selectPlan } from '../store/queries/plans.js'
import { selectOpenBelow } from '../store/queries/task-tree.js'
import {
  changeNotification,
  payloadOf,
  removeNotifications,
  settleNotification,
} from './change-notifications.js'
import { decideEnd, decideProgress, endOf, GATHER_MS, NOTHING_TOLD, termsOf } from './decide.js'
import { isNotToBeDisturbed } from './do-not-disturb.js'
import type { Fact } from './facts.js'
import { isQuiet } from './quiet-hours.js'
import { notifyText } from './text/notify-text.js'
import {
  approvalDraft,
  type Draft,
  endDraft,
  endSubject,
  NAMED_TASKS,
  planSubject,
  progressDraft,
  progressSubject,
  questionDraft,
  questionSubject,
  summaryDraft,
  summaryWords,
} from './words.js'

/** What is kept; what waits for an answer comes on top. */
const MOST_KEPT = 1000
/** Ends up to so many are told one by one. */
const MOST_SINGLE = 2
/** Characters of a report, or of what a command printed, that are looked at for a line. */
const LOOKED_AT = 600
/** A summary grows so long; then there is another, so that it does not hide what ends for hours. */
const GROWS_MS = 60_000

export interface TellerOptions {
  readonly ids: Ids
  readonly preferences: () => Preferences
  /** Of the machine, the most wanted first; for a person who named no language. */
  readonly languages: readonly string[]
  /** IANA name. */
  readonly timezone: string
  readonly doNotDisturb: DoNotDisturb
}

/** What was told last of ends, so that those of the next moment can be told with them. */
export interface EndsTold {
  readonly atMs: number | null
  readonly summaryId: NotificationId | null
}

/**
 * Writes what follows from facts: every call is part of one commit, which also says that it was handled. A call that
 * tells something throws `NotAsked` while it is not known whether the system may be disturbed.
 */
export class Teller {
  readonly #options: TellerOptions

  constructor(options: TellerOptions) {
    this.#options = options
  }

  handle(tx: Transaction, fact: Fact): void {
    switch (fact.kind) {
      case 'progress':
        this.progress(tx, fact.taskId, fact.progress)
        return
      case 'ended':
        this.#ended(tx, fact.taskId)
        return
      case 'again':
        this.#again(tx, fact.taskId)
        return
      case 'removed':
        for (const id of fact.taskIds)
          removeNotifications(tx, selectNotificationIdsOfTask(tx.db, id))
        return
      case 'asked':
        this.#asked(tx, fact.blockerId)
        return
      case 'answered':
        settleNotification(tx, questionSubject(fact.blockerId))
        return
      case 'planned':
        this.#planned(tx, fact.planId, fact.taskId)
        return
      case 'decided':
        settleNotification(tx, planSubject(fact.planId))
    }
  }

  /** @param progress null: wherever the task is now */
  progress(tx: Transaction, id: TaskId, progress: number | null): void {
    const { db, at } = tx
    const told = selectTold(db, id) ?? NOTHING_TOLD
    const task = selectNotifyFacts(db, id, at)
    const isOver = task === undefined || task.parentId !== null || isTerminal(task.state)
    if (isOver || isChoreOfAgent(db, id)) {
      if (told.dueAtMs !== null) upsertTold(db, id, { ...told, dueAtMs: null })
      return
    }
    const terms = termsOf(task.notify, this.#options.preferences().notifications)
    const decision = decideProgress(terms, told, progress ?? task.progress, at)
    if (decision.kind === 'tell') {
      const before = selectNotificationOf(db, progressSubject(id), at)
      if (before !== undefined) deleteNotification(db, before.id)
      this.#tell(tx, progressDraft(this.#text(), task, decision.progress), before)
      upsertTold(db, id, { ...told, progress: decision.progress, atMs: at, dueAtMs: null })
      return
    }
    const dueAtMs = decision.kind === 'later' ? decision.atMs : null
    if (dueAtMs !== told.dueAtMs) upsertTold(db, id, { ...told, dueAtMs })
  }

  /** Progress that was due could not be told. */
  putOffProgress({ db }: Transaction, id: TaskId, dueAtMs: number): void {
    upsertTold(db, id, { ...(selectTold(db, id) ?? NOTHING_TOLD), dueAtMs })
  }

  /** Tells the ends that wait, one by one or in one sentence. */
  ends(tx: Transaction, last: EndsTold): EndsTold {
    const { db, at } = tx
    const { counts, first } = takeEnds(db, NAMED_TASKS, at)
    const total = counts.completed + counts.failed + counts.cancelled
    if (total === 0) return last
    if (this.#addToSummary(tx, last, counts)) return { ...last, atMs: at }
    if (total > MOST_SINGLE) {
      const id = this.#nextId()
      const draft = summaryDraft(this.#text(), counts, first, `summary:${id}`)
      this.#tell(tx, draft, undefined, id)
      return { atMs: at, summaryId: id }
    }
    for (const task of first) this.#tellEnd(tx, task)
    return { atMs: at, summaryId: null }
  }

  /** Tells the end of one task, where it waits to be told. */
  end(tx: Transaction, id: TaskId): void {
    if (!deleteEnd(tx.db, id)) return
    const task = selectNotifyFacts(tx.db, id, tx.at)
    if (task !== undefined && isTerminal(task.state)) this.#tellEnd(tx, task)
  }

  /** The end could not be told: it waits no longer, and is news when it is heard of again. */
  takeBackEnd({ db }: Transaction, id: TaskId): void {
    deleteEnd(db, id)
    upsertTold(db, id, NOTHING_TOLD)
  }

  #tellEnd(tx: Transaction, task: NotifyFacts): void {
    const subject = endSubject(task.id, endOf(task))
    const outcome = selectOutcome(tx.db, task.id, LOOKED_AT)
    this.#tell(tx, endDraft(this.#text(), task, subject, outcome))
  }

  /** While tasks go on to end, a summary that nobody has read grows instead of being followed by another one. */
  #addToSummary(tx: Transaction, last: EndsTold, more: NotificationRecord['ends']): boolean {
    if (last.summaryId === null || last.atMs === null) return false
    const sinceMs = tx.at - last.atMs
    if (sinceMs < 0 || sinceMs > 2 * GATHER_MS) return false
    const before = selectNotification(tx.db, last.summaryId, tx.at)
    if (before === undefined || before.readAt !== null) return false
    if (tx.at - before.createdAt > GROWS_MS) return false
    const ends = {
      completed: before.ends.completed + more.completed,
      failed: before.ends.failed + more.failed,
      cancelled: before.ends.cancelled + more.cancelled,
    }
    const count = ends.completed + ends.failed + ends.cancelled
    changeNotification(tx, {
      ...before,
      ends,
      count,
      ...summaryWords(this.#text(), ends, before.body),
    })
    return true
  }

  #ended(tx: Transaction, id: TaskId): void {
    const { db, at } = tx
    const root = selectRoot(db, id, at)
    if (root === undefined || !isTerminal(root.state)) return
    const end = { ...root, openBelow: selectOpenBelow(db, root.id).length > 0 }
    if (end.openBelow || isChoreOfAgent(db, root.id)) return
    const told = selectTold(db, root.id) ?? NOTHING_TOLD
    const terms = termsOf(root.notify, this.#options.preferences().notifications)
    const progress = selectNotificationOf(db, progressSubject(root.id), at)
    if (progress !== undefined) removeNotifications(tx, [progress.id])
    if (decideEnd(terms, told, end)) {
      insertEnd(db, root.id)
      upsertTold(db, root.id, { ...NOTHING_TOLD, end: endOf(end) })
    } else if (told.dueAtMs !== null || told.progress > 0) {
      upsertTold(db, root.id, { ...NOTHING_TOLD, end: told.end })
    }
  }

  /** It goes on: what was said of its end holds no longer. */
  #again(tx: Transaction, id: TaskId): void {
    const told = selectTold(tx.db, id)
    if (told === undefined || told.end === null) return
    const task = selectNotifyFacts(tx.db, id, tx.at)
    // Heard of late, when it has ended once more.
    if (task !== undefined && isTerminal(task.state) && told.end === endOf(task)) return
    settleNotification(tx, endSubject(id, told.end))
  }

  #asked(tx: Transaction, id: BlockerId): void {
    const { db, at } = tx
    const blocker = selectBlocker(db, id, at)
    if (blocker?.state !== 'open') return
    const task = selectNotifyFacts(db, blocker.taskId, at)
    if (task !== undefined) this.#tell(tx, questionDraft(this.#text(), blocker, task))
  }

  #planned(tx: Transaction, planId: PlanId, taskId: TaskId): void {
    const { db, at } = tx
    if (selectPlan(db, planId, at)?.state !== 'proposed') return
    const task = selectNotifyFacts(db, taskId, at)
    if (task === undefined) return
    const titles = selectParts(db, planId, at).map(({ title }) => title)
    this.#tell(tx, approvalDraft(this.#text(), { id: planId, titles }, task))
  }

  /** @param replaced what it takes the place of, removed in the same commit */
  #tell(tx: Transaction, draft: Draft, replaced?: NotificationRecord, id = this.#nextId()): void {
    const { db, at } = tx
    const { notifications } = this.#options.preferences()
    const isUndisturbed =
      isQuiet(notifications.quietHours, at, this.#options.timezone) ||
      (notifications.respectDoNotDisturb && isNotToBeDisturbed(this.#options.doNotDisturb))
    const { completed, failed, cancelled } = draft.ends
    // What needs an answer is shown whatever the hour, but it makes no noise at night.
    const record: NotificationRecord = {
      ...{ ...draft, id, quiet: isUndisturbed && !draft.needsAnswer },
      ...{ count: Math.max(1, completed + failed + cancelled) },
      sound: notifications.sound && !isUndisturbed,
      ...{ createdAt: at, readAt: null, settledAt: null },
    }
    if (!insertNotification(db, record)) return
    trimNotifications(db, MOST_KEPT)
    tx.emit('notification.created', {
      ...payloadOf(tx, record),
      replaces: replaced === undefined ? [] : [replaced.id],
    })
  }

  #text() {
    return notifyText(this.#options.preferences().language, this.#options.languages)
  }

  #nextId(): NotificationId {
    return NotificationId.parse(this.#options.ids.next('ntf'))
  }
}
