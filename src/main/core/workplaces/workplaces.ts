import path from 'node:path'
import type { TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import { selectWorktree } from '../store/queries/worktrees.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { commitAll, isMerging, mergeInto, removeStaleLocks } from './checkout.js'
import { choosePlace, NOT_IN_GIT } from './choose-place.js'
import { orderIn, takeOver } from './follow-up.js'
import { Git } from './git.js'
import { type HandedIn, handIn } from './hand-in.js'
import { makeCopy, planCopy } from './make-copy.js'
import { makeWorktree, planWorktree } from './make-worktree.js'
import { mendWorkplaces } from './mend.js'
import { beginWith, forgetPlace, type SavedPlace, savePlace } from './saved-places.js'
import { checkoutOf, type Ground, messageFor, recordOf, save, saveIn } from './services.js'
import { clear, settle } from './settle.js'
import { isPartOf, takeUpTeam } from './team-branch.js'
import type { Delivery, Workplace, WorkplaceContext, WorkplaceSource } from './workplace.js'
import { endedNote, newRecord, type WorktreeRecord, withoutEnd } from './worktree-record.js'

/**
 * Gives tasks a worktree, a copy or their folder to work in.
 *
 * A workplace is `active` from its first run to the commit that ends the task, whatever was handed in before:
 * so a crash at any point finds it in place and does the rest again. With that commit it becomes what its
 * content says (`ready`, `empty`, `delivered`); of a task that ended otherwise that is found out afterwards,
 * at the latest at the next start.
 */
export class Workplaces implements WorkplaceSource {
  readonly #ground: Ground
  /** What was handed in by runs that are about to end. */
  readonly #handedIn = new Map<string, Extract<HandedIn, { kind: 'handed_in' }>>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  async open(context: WorkplaceContext): Promise<Workplace> {
    const { task } = context
    if (task.lane !== 'agent') return inPlace(task)
    this.#handedIn.delete(task.id)
    const git = new Git((request) => context.spawn(request))
    const record = await this.#recordFor(context, git)
    if (record === null) return inPlace(task)
    if (record.kind === 'in_place') {
      if (record.state !== 'active') save(this.#ground, record, { state: 'active' })
      return inPlace(task)
    }
    if (record.kind === 'worktree') await removeStaleLocks(checkoutOf(this.#ground, record, git))
    await this.#bringUpToDate(context, git, record)
    return { path: record.path, deliver: () => this.#deliver(task, git) }
  }

  /** The workplace of the task, there on disk; null where it needs none on record. */
  async #recordFor(context: WorkplaceContext, git: Git): Promise<WorktreeRecord | null> {
    const ground = this.#ground
    const { task } = context
    const earlier = recordOf(ground, task.id) ?? takeOver(ground, task)
    // What became of an earlier run is settled first.
    if (earlier !== undefined) await ground.jobs.idle(earlier.repository)
    const current = recordOf(ground, task.id)
    if (current?.kind === 'in_place') return current
    if (current !== undefined && isThere(current)) {
      const made = await this.#make(git, current)
      if (made.state === 'active') return made
      return save(ground, made, { state: 'active', note: withoutEnd(made.note) })
    }
    const planned = await this.#plan(task, git)
    if (planned === null) return null
    const made = planned.kind === 'in_place' ? planned : await this.#make(git, planned)
    if (made.note !== null && made.note !== NOT_IN_GIT) context.output(`[${made.note}]\n`)
    return made
  }

  #make(git: Git, record: WorktreeRecord): Promise<WorktreeRecord> {
    const make = record.kind === 'copy' ? makeCopy : makeWorktree
    return make(this.#ground, git, record)
  }

  async #plan(task: TaskRecord, git: Git): Promise<WorktreeRecord | null> {
    const ground = this.#ground
    const place = await choosePlace(ground, git, task)
    if (place.kind === 'worktree') return planWorktree(ground, git, task, place.repository)
    if (place.kind === 'in_place') {
      return place.note === null ? null : this.#noteInPlace(task, place.note)
    }
    try {
      return await planCopy(ground, task)
    } catch (error) {
      if (task.isolation === 'copy' || !(error instanceof AppError)) throw error
      return this.#noteInPlace(task, `Works in place: ${error.message}.`)
    }
  }

  #noteInPlace(task: TaskRecord, note: string): WorktreeRecord {
    const at = this.#ground.clock.now()
    const record = newRecord(
      {
        taskId: task.id,
        kind: 'in_place',
        repository: task.workspace,
        path: task.workspace,
        branch: null,
        base: null,
        note,
      },
      at,
    )
    return save(this.#ground, record, {})
  }

  /** A lead sees what its workers have done; who is to resolve conflicts finds the merge begun. */
  async #bringUpToDate(
    { task, output }: WorkplaceContext,
    git: Git,
    record: WorktreeRecord,
  ): Promise<void> {
    const isLead = task.type === 'orchestration'
    const { merges } = orderIn(task)
    if (record.kind !== 'worktree' || !(isLead || merges)) return
    const ground = this.#ground
    const checkout = checkoutOf(ground, record, git)
    await ground.jobs.run(record.repository, async () => {
      if (await isMerging(checkout)) return
      const head = await commitAll(checkout, messageFor(task))
      let { base } = record
      let conflicts: string[] = []
      if (isLead) conflicts = await takeUpTeam(checkout, record)
      else {
        const target = await git.commit(record.repository, 'HEAD')
        if (target === null || (await isPartOf(git, checkout.top, target, 'HEAD'))) return
        conflicts = await mergeInto(
          checkout,
          target,
          `Merge ${target.slice(0, 12)} into ${task.id}`,
        )
        base = target
      }
      const newest =
        conflicts.length > 0 ? head : await git.line(checkout.top, ['rev-parse', 'HEAD'])
      if (newest === record.head && conflicts.length === 0) return
      save(ground, record, { base, head: newest, conflicts })
      if (conflicts.length > 0) output(`[Conflicts to resolve: ${conflicts.join(', ')}]\n`)
    })
  }

  async #deliver(task: TaskRecord, git: Git): Promise<Delivery> {
    const ground = this.#ground
    this.#handedIn.delete(task.id)
    const record = recordOf(ground, task.id)
    if (record === undefined) return { kind: 'delivered', artifacts: null }
    const result = await handIn(ground, git, record, task)
    const { prefix } = checkoutOf(ground, record, git)
    const within = (file: string) => path.posix.relative(prefix, file)
    if (result.kind === 'conflict') {
      return { kind: 'conflict', files: result.files.map(within), detail: result.detail }
    }
    this.#handedIn.set(task.id, result)
    const files = result.files.map((file) => within(file.path))
    const artifacts = files.length === 0 ? null : { files, changes: files.length }
    return { kind: 'delivered', artifacts }
  }

  readonly ended: EndedHook = (transaction, task, state) => {
    if (task.lane !== 'agent') return
    const handedIn = this.#handedIn.get(task.id)
    this.#handedIn.delete(task.id)
    const record = selectWorktree(transaction.db, task.id, transaction.at)
    if (record?.state !== 'active') return
    const ground = this.#ground
    if (record.kind === 'in_place') {
      // What was changed is where it belongs already.
      saveIn(transaction, record, { state: 'applied' })
      return
    }
    if (state === 'completed' && handedIn !== undefined) {
      const settled = saveIn(transaction, record, { state: handedIn.state })
      if (settled.state === 'ready') return
      const work = () => clear(ground, settled)
      transaction.afterCommit(() =>
        ground.jobs.begin(record.repository, 'the removal of a worktree', work),
      )
      return
    }
    const note = state === 'completed' ? record.note : endedNote(record.note, state)
    saveIn(transaction, record, { note })
    transaction.afterCommit(() => {
      ground.jobs.begin(record.repository, 'the settlement of a worktree', () =>
        settle(ground, task.id),
      )
    })
  }

  /** Keeps what the workplace of a task holds under a reference of git; null where it has none of its own. */
  save(id: TaskId, reference: string): Promise<SavedPlace | null> {
    return this.#ground.jobs.own(() => savePlace(this.#ground, id, reference))
  }

  forget(repository: string, reference: string): Promise<void> {
    return this.#ground.jobs.own(() => forgetPlace(this.#ground, repository, reference))
  }

  /** A task that was stored in this commit begins with what was saved. */
  begins(transaction: Transaction, id: TaskId, saved: SavedPlace): void {
    beginWith(this.#ground, transaction, id, saved)
  }

  async start(): Promise<void> {
    const ground = this.#ground
    ground.jobs.begin(ground.folder, 'the look for leftovers', () => mendWorkplaces(ground))
  }

  /** Resolves when nothing that was begun is under way. */
  idle(): Promise<void> {
    return this.#ground.jobs.allIdle()
  }

  stop(): Promise<void> {
    return this.#ground.jobs.stop()
  }
}

/** Whether there is still work in it, or may be. */
function isThere({ state }: WorktreeRecord): boolean {
  return state === 'active' || state === 'ready' || state === 'conflicted' || state === 'kept'
}

function inPlace(task: TaskRecord): Workplace {
  return {
    path: task.workspace,
    deliver: async () => ({ kind: 'delivered', artifacts: null }),
  }
}
