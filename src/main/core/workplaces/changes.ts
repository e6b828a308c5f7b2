import type { CommentId, TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type {
  ChangedFile,
  FileDiff,
  LineComment,
  Worktree,
} from '../../../shared/model/worktree.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { apply } from './apply.js'
import { changedFiles, plain, type Range, snapshot } from './changed-files.js'
import { discard, leaveOnBranch } from './decide.js'
import { LineComments } from './line-comments.js'
import { foldersOf, recordsIn, taskIn } from './mend.js'
import { readDiff } from './read-diff.js'
import { exists } from './repository.js'
import { checkoutOf, type Ground, gitFolderOf, recordOf, taskOf } from './services.js'
import { viewOf, type WorktreeRecord } from './worktree-record.js'

/** What tasks changed in their workplaces, and what becomes of it. */
export class Changes {
  readonly #ground: Ground
  readonly #comments: LineComments

  constructor(ground: Ground) {
    this.#ground = ground
    this.#comments = new LineComments(ground)
  }

  async get(id: TaskId): Promise<{ worktree: Worktree | null; files: ChangedFile[] }> {
    this.#require(id)
    return this.#ground.jobs.own(async () => {
      const record = recordOf(this.#ground, id)
      if (record === undefined) return { worktree: null, files: [] }
      const range = await this.#rangeOf(record)
      const { git } = this.#ground
      const found =
        range === null ? [] : await changedFiles(git, gitFolderOf(this.#ground, record), range)
      return { worktree: viewOf(record), files: found.map(plain) }
    })
  }

  async diff(id: TaskId, path: string | undefined): Promise<FileDiff[]> {
    this.#require(id)
    const diffs = await this.#ground.jobs.own(async () => {
      const record = recordOf(this.#ground, id)
      const range = record === undefined ? null : await this.#rangeOf(record)
      if (record === undefined || range === null) return []
      return readDiff(this.#ground.git, gitFolderOf(this.#ground, record), range, path)
    })
    if (path !== undefined && diffs.length === 0) {
      throw new AppError('not_found', `path: task ${id} did not change ${JSON.stringify(path)}`)
    }
    return diffs
  }

  async apply(id: TaskId): Promise<Worktree> {
    return viewOf(await this.#decide(id, () => apply(this.#ground, id)))
  }

  async branch(
    id: TaskId,
    name: string | undefined,
  ): Promise<{ worktree: Worktree; branch: string }> {
    const record = await this.#decide(id, () => leaveOnBranch(this.#ground, id, name))
    return { worktree: viewOf(record), branch: record.branch ?? '' }
  }

  async discard(id: TaskId): Promise<Worktree> {
    return viewOf(await this.#decide(id, () => discard(this.#ground, id)))
  }

  async resolve(id: TaskId): Promise<TaskId> {
    this.#require(id)
    return this.#decide(id, () => this.#comments.resolve(id))
  }

  comments(id: TaskId): LineComment[] {
    this.#require(id)
    return this.#comments.of(id)
  }

  comment(id: TaskId, comment: Pick<LineComment, 'path' | 'line' | 'side' | 'text'>): LineComment {
    this.#require(id)
    return this.#comments.add(id, comment)
  }

  uncomment(id: CommentId): void {
    this.#comments.remove(id)
  }

  async sendComments(id: TaskId): Promise<TaskId> {
    this.#require(id)
    return this.#decide(id, () => this.#comments.send(id, (path) => this.diff(id, path)))
  }

  async leftovers(): Promise<Worktree[]> {
    const ground = this.#ground
    const waiting = recordsIn(ground, ['ready', 'conflicted', 'kept']).filter((record) => {
      const task = taskOf(ground, record.taskId)
      return record.kind !== 'in_place' && (task === undefined || isTerminal(task.state))
    })
    const unknown: Worktree[] = []
    for (const { folder, record } of await foldersOf(ground)) {
      const taskId = taskIn(folder)
      if (record !== undefined || taskId === null) continue
      unknown.push({
        taskId,
        kind: 'worktree',
        state: 'kept',
        repository: folder,
        path: folder,
        note: 'Nothing is on record about this folder, so it was left as it is.',
        updatedAt: ground.clock.now(),
      })
    }
    return [...waiting.map(viewOf), ...unknown]
  }

  /** Decisions about one repository come one after another. */
  #decide<T>(id: TaskId, work: () => Promise<T>): Promise<T> {
    const key = recordOf(this.#ground, id)?.repository ?? this.#ground.folder
    return this.#ground.jobs.run(key, work)
  }

  /** From where the task began to what there is: in its folder, or on record when that is gone. */
  async #rangeOf(record: WorktreeRecord): Promise<Range | null> {
    const { base, head, kind, state } = record
    if (kind === 'in_place' || base === null || head === null) return null
    const checkout = checkoutOf(this.#ground, record)
    const isOpen = ['active', 'ready', 'conflicted', 'kept'].includes(state)
    const isThere = isOpen && (await exists(checkout.top))
    return { from: base, to: isThere ? await snapshot(checkout) : head }
  }

  #require(id: TaskId): void {
    if (taskOf(this.#ground, id) === undefined) {
      throw new AppError('not_found', `there is no task ${id}`)
    }
  }
}
