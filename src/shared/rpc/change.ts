import { z } from 'zod'
import { CommentId, ConversationId, TaskId } from '../model/ids.js'
import { ChangedFile, FileDiff, LineComment, Worktree } from '../model/worktree.js'
import { durable, method } from './define.js'

const OfTask = z.strictObject({ taskId: TaskId })
const Decided = z.object({ worktree: Worktree })

/** What tasks changed in their own workspaces, and what becomes of it. */
export const changeMethods = {
  /** Null for a task that has no workspace of its own (yet). */
  'change.get': method(
    OfTask,
    z.object({ worktree: Worktree.nullable(), files: z.array(ChangedFile), seq: z.number() }),
  ),
  /** With `path`, of that file alone, and then of any size up to 20 MB; without, what is large is left out and says so. */
  'change.diff': method(
    z.strictObject({ taskId: TaskId, path: z.string().min(1).max(4096).optional() }),
    z.object({ files: z.array(FileDiff) }),
  ),
  /**
   * Merges the changes into what is checked out in the repository. `conflict`, with `data.conflicts` or
   * `data.files`, when git cannot: then nothing has changed.
   */
  'change.apply': method(OfTask, Decided),
  /** Leaves the changes on a branch, by default the one that the task worked on, and removes the worktree. */
  'change.branch': method(
    z.strictObject({ taskId: TaskId, name: z.string().min(1).max(200).optional() }),
    Decided.extend({ branch: z.string() }),
  ),
  /** Gives the changes up. The commits stay reachable by their id for as long as git keeps them. */
  'change.discard': method(OfTask, Decided),
  /** Gives conflicts to an agent, which merges in the task's own worktree. */
  'change.resolve': method(OfTask, z.object({ taskId: TaskId })),
  'change.comments': method(OfTask, z.object({ comments: z.array(LineComment) })),
  'change.comment': method(
    z.strictObject({
      taskId: TaskId,
      path: z.string().min(1).max(4096),
      line: z.number().int().min(1),
      side: z.enum(['old', 'new']).default('new'),
      text: z.string().trim().min(1, 'must not be empty').max(5_000),
    }),
    z.object({ comment: LineComment }),
  ),
  /** One that was not sent yet. */
  'change.uncomment': method(
    z.strictObject({ commentId: CommentId }),
    z.object({ commentId: CommentId }),
  ),
  /**
   * Gives the comments that were not sent yet to the agent as work: to the task while it runs, otherwise to a
   * new one in the same worktree.
   */
  'change.sendComments': method(OfTask, z.object({ taskId: TaskId })),
  /** Worktrees whose task has ended, or that belong to no task, and that nobody has decided about. */
  'change.leftovers': method(z.strictObject({}), z.object({ worktrees: z.array(Worktree) })),
}

export const changeEvents = {
  'change.updated': durable(
    z.object({ taskId: TaskId, conversationId: ConversationId.optional(), worktree: Worktree }),
  ),
}
