import type { CommentId, TaskId } from '../../../shared/model/ids.js'
import type {
  ChangedFile,
  FileDiff,
  LineComment,
  Worktree,
} from '../../../shared/model/worktree.js'
import { AppError } from '../../../shared/rpc/errors.js'

/** What tasks changed in their workplaces, and what becomes of it. */
export class Changes {
  async get(_id: TaskId): Promise<{ worktree: Worktree | null; files: ChangedFile[] }> {
    throw unavailable()
  }
  async diff(_id: TaskId, _path: string | undefined): Promise<FileDiff[]> {
    throw unavailable()
  }
  async apply(_id: TaskId): Promise<Worktree> {
    throw unavailable()
  }
  async branch(
    _id: TaskId,
    _name: string | undefined,
  ): Promise<{ worktree: Worktree; branch: string }> {
    throw unavailable()
  }
  async discard(_id: TaskId): Promise<Worktree> {
    throw unavailable()
  }
  async resolve(_id: TaskId): Promise<TaskId> {
    throw unavailable()
  }
  comments(_id: TaskId): LineComment[] {
    throw unavailable()
  }
  comment(
    _id: TaskId,
    _comment: Pick<LineComment, 'path' | 'line' | 'side' | 'text'>,
  ): LineComment {
    throw unavailable()
  }
  uncomment(_id: CommentId): void {
    throw unavailable()
  }
  async sendComments(_id: TaskId): Promise<TaskId> {
    throw unavailable()
  }
  async leftovers(): Promise<Worktree[]> {
    throw unavailable()
  }
}

function unavailable(): AppError {
  return new AppError('invalid_state', 'not available yet')
}
