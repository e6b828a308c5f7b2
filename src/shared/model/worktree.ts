import { z } from 'zod'
import { CommentId, TaskId } from './ids.js'

/**
 * Where a task works. `auto`: in a worktree of its own in a git repository, otherwise in place (or in a
 * copy, by setting).
 */
export const Isolation = z.enum(['auto', 'in_place', 'worktree', 'copy'])
export type Isolation = z.infer<typeof Isolation>

/**
 * `active`: the task works in it. `ready`: its changes wait for a decision. `empty`: it changed nothing.
 * `delivered`: merged into the branch of the lead. `applied`, `branched`, `discarded`: what the person decided.
 * `conflicted`: git could not merge it. `kept`: left as it is, since it has changes that are saved nowhere else.
 * `continued`: another task works on in it.
 */
export const WorktreeState = z.enum([
  'active',
  'ready',
  'empty',
  'delivered',
  'applied',
  'branched',
  'discarded',
  'conflicted',
  'kept',
  'continued',
])
export type WorktreeState = z.infer<typeof WorktreeState>

export const Worktree = z.object({
  taskId: TaskId,
  kind: z.enum(['worktree', 'copy', 'in_place']),
  state: WorktreeState,
  /** Top folder of the repository, or the folder that was copied. */
  repository: z.string(),
  /** Where the task works. */
  path: z.string(),
  branch: z.string().optional(),
  /** What a person should know: why it is in place, what is not in it, which files conflict. */
  note: z.string().optional(),
  conflicts: z.array(z.string()).optional(),
  /** The task that works on in it, and has the changes from now on. */
  continuedBy: TaskId.optional(),
  updatedAt: z.number(),
})
export type Worktree = z.infer<typeof Worktree>

export const ChangedFile = z.object({
  path: z.string(),
  /** Before a rename. */
  oldPath: z.string().optional(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'type_changed', 'submodule']),
  additions: z.number(),
  deletions: z.number(),
  binary: z.boolean(),
})
export type ChangedFile = z.infer<typeof ChangedFile>

export const DiffLine = z.object({
  kind: z.enum(['context', 'added', 'deleted']),
  /** From 1; absent on the side where the line is not. */
  oldLine: z.number().optional(),
  newLine: z.number().optional(),
  text: z.string(),
})
export type DiffLine = z.infer<typeof DiffLine>

export const DiffHunk = z.object({ header: z.string(), lines: z.array(DiffLine) })
export type DiffHunk = z.infer<typeof DiffHunk>

export const FileDiff = ChangedFile.extend({
  hunks: z.array(DiffHunk),
  /** Why lines are missing here; absent when all are there. */
  omitted: z.string().optional(),
})
export type FileDiff = z.infer<typeof FileDiff>

/** What a person says to a line of a diff. */
export const LineComment = z.object({
  id: CommentId,
  taskId: TaskId,
  path: z.string(),
  /** From 1, on the side that is named. */
  line: z.number(),
  side: z.enum(['old', 'new']),
  text: z.string(),
  createdAt: z.number(),
  /** The task that was given it as work; absent while it is a draft. */
  sentTo: TaskId.optional(),
})
export type LineComment = z.infer<typeof LineComment>
