import type { TaskId } from '../../../shared/model/ids.js'
import type { Worktree } from '../../../shared/model/worktree.js'

/** A workplace as stored. Times are epoch ms. */
export interface WorktreeRecord {
  readonly taskId: TaskId
  readonly kind: Worktree['kind']
  readonly state: Worktree['state']
  /** Top folder of the repository, or the folder that was copied. */
  readonly repository: string
  /** Where the task works; below the folder of the worktree when its workspace is below the repository's. */
  readonly path: string
  readonly branch: string | null
  /** The commit that its changes are counted from. */
  readonly base: string | null
  /** The newest commit of the program on its branch; null until the worktree is known to be there. */
  readonly head: string | null
  readonly note: string | null
  /** Relative to the top of the repository. */
  readonly conflicts: readonly string[]
  readonly continuedBy: TaskId | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** One in which nothing has happened yet. */
export function newRecord(
  what: Pick<
    WorktreeRecord,
    'taskId' | 'kind' | 'repository' | 'path' | 'branch' | 'base' | 'note'
  >,
  atMs: number,
): WorktreeRecord {
  const begun = { createdAtMs: atMs, updatedAtMs: atMs }
  return { ...what, state: 'active', head: null, conflicts: [], continuedBy: null, ...begun }
}

/** What is to be told of it outside. */
export function viewOf(record: WorktreeRecord): Worktree {
  const { taskId, kind, state, repository, path, branch, note, conflicts, continuedBy } = record
  return {
    taskId,
    kind,
    state,
    repository,
    path,
    ...(branch === null ? {} : { branch }),
    ...(note === null ? {} : { note }),
    ...(conflicts.length === 0 ? {} : { conflicts: [...conflicts] }),
    ...(continuedBy === null ? {} : { continuedBy }),
    updatedAt: record.updatedAtMs,
  }
}

/** What is said of a workplace whose task did not complete. */
export function endedNote(note: string | null, state: string): string {
  return withNote(note, `The task ended ${state}.`)
}

/** Work goes on in it: how it ended before says nothing any more. */
export function withoutEnd(note: string | null): string | null {
  return note?.replace(/ ?The task ended \w+\./g, '').trim() || null
}

/** One more sentence of a note. */
export function withNote(note: string | null, sentence: string): string {
  if (note === null) return sentence
  return note.includes(sentence) ? note : `${note} ${sentence}`
}
