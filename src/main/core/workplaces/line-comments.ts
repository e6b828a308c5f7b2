import {
  type CommentId,
  CommentId as CommentIdSchema,
  type TaskId,
} from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import type { FileDiff, LineComment } from '../../../shared/model/worktree.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { about } from '../scheduler/task-events.js'
import {
  deleteLineComment,
  insertLineComment,
  markSent,
  selectLineComment,
  selectLineComments,
} from '../store/queries/line-comments.js'
import { insertTaskMessage } from '../store/queries/task-messages.js'
import { selectTask } from '../store/queries/tasks.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { undecided } from './decide.js'
import { inputOf, mayContinue, takeOver } from './follow-up.js'
import { type Ground, recordOf, taskOf } from './services.js'

type ReadDiff = (path: string) => Promise<FileDiff[]>

/** What a person says to lines of a diff, and tasks that work on in a workplace because of it. */
export class LineComments {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  of(id: TaskId): LineComment[] {
    const { log, clock } = this.#ground
    return log.query((db) => selectLineComments(db, id, clock.now()))
  }

  add(taskId: TaskId, given: Pick<LineComment, 'path' | 'line' | 'side' | 'text'>): LineComment {
    const { log, ids } = this.#ground
    const id = CommentIdSchema.parse(ids.next('cmt'))
    return log.transaction(({ db, at }) => {
      const comment = { ...given, id, taskId, createdAt: at }
      insertLineComment(db, comment)
      return comment
    })
  }

  remove(id: CommentId): void {
    this.#ground.log.transaction(({ db, at }) => {
      const comment = selectLineComment(db, id, at)
      if (comment === undefined) throw new AppError('not_found', `there is no comment ${id}`)
      if (comment.sentTo !== undefined) {
        const { sentTo } = comment
        throw new AppError('invalid_state', `comment ${id} was given to ${sentTo} already`)
      }
      deleteLineComment(db, id)
    })
  }

  /** @returns the task that has them as work now */
  async send(id: TaskId, readDiff: ReadDiff): Promise<TaskId> {
    const comments = this.of(id).filter((comment) => comment.sentTo === undefined)
    if (comments.length === 0) {
      throw new AppError('invalid_state', `task ${id} has no comments that were not sent yet`)
    }
    const text = await textOf(comments, readDiff)
    const current = this.#newest(id)
    if (this.#tell(current, text, comments)) return current
    const record = recordOf(this.#ground, current)
    const isApplied = record?.state === 'applied'
    if (!isApplied) undecided(this.#ground, current)
    const last = comments.at(-1)?.id ?? ''
    const sentTo = await this.#workOn(current, {
      description: `Take up these comments on your changes.\n\n${text}`,
      key: `comments:${last}:${comments.length}`,
      mergesTarget: false,
      inSamePlace: !isApplied,
    })
    this.#mark(comments, sentTo)
    return sentTo
  }

  /** Gives conflicts with what is checked out to an agent. */
  async resolve(id: TaskId): Promise<TaskId> {
    const { record } = undecided(this.#ground, id)
    if (record.kind === 'copy') {
      throw new AppError('invalid_state', `task ${id} works in a copy: no agent can merge it`)
    }
    const { conflicts } = record
    const where = conflicts.length === 0 ? '' : ` They are in: ${conflicts.join(', ')}.`
    return this.#workOn(id, {
      description:
        'Resolve the conflicts between your changes and what others changed since. A merge is under way in the ' +
        `workspace; files with conflicts hold git's marks.${where} Keep what both sides want, remove every mark, and ` +
        'check the result. Do not abort the merge; it is committed for you.',
      key: `resolve:${id}:${record.updatedAtMs}`,
      mergesTarget: true,
      inSamePlace: true,
    })
  }

  /** The last of those that worked on with the changes of a task. */
  #newest(id: TaskId): TaskId {
    const next = recordOf(this.#ground, id)?.continuedBy ?? null
    return next === null ? id : this.#newest(next)
  }

  /** To a task that has not ended, in one commit with the mark; false for any other. */
  #tell(id: TaskId, text: string, comments: readonly LineComment[]): boolean {
    return this.#ground.log.transaction((transaction) => {
      const { db, at, emit } = transaction
      const task = selectTask(db, id, at)
      if (task === undefined || task.lane !== 'agent' || isTerminal(task.state)) return false
      const message = insertTaskMessage(db, id, text, at)
      emit('task.message', { ...about(task), message })
      markSent(db, idsOf(comments), id)
      return true
    })
  }

  #mark(comments: readonly LineComment[], sentTo: TaskId): void {
    this.#ground.log.transaction(({ db }) => markSent(db, idsOf(comments), sentTo))
  }

  /** A new task in the same workplace; asked for twice, because of a crash in between, it is the same. */
  async #workOn(
    id: TaskId,
    order: {
      readonly description: string
      readonly key: string
      readonly mergesTarget: boolean
      readonly inSamePlace: boolean
    },
  ): Promise<TaskId> {
    const earlier = taskOf(this.#ground, id) as TaskRecord
    const record = recordOf(this.#ground, id)
    const input = inputOf(id, order.mergesTarget)
    const goesOn = order.inSamePlace && record !== undefined && mayContinue(record)
    const isAgent = earlier.type === 'agent_execution'
    const next = await this.#ground.queue().submit({
      description: order.description.slice(0, 20_000),
      type: 'agent_execution',
      ...(isAgent ? { agentType: earlier.agentType } : {}),
      workspace: earlier.workspace,
      ...(earlier.checks.length === 0 ? {} : { checks: [...earlier.checks] }),
      ...(earlier.conversationId === null ? {} : { conversationId: earlier.conversationId }),
      ...(goesOn ? { input } : {}),
      idempotencyKey: order.key,
    })
    // At once, so that nobody decides about the changes in the meantime; after a crash its first run does it.
    if (goesOn && recordOf(this.#ground, next) === undefined) {
      takeOver(this.#ground, { id: next, input })
    }
    return next
  }
}

function idsOf(comments: readonly LineComment[]): CommentId[] {
  return comments.map(({ id }) => id)
}

async function textOf(comments: readonly LineComment[], readDiff: ReadDiff): Promise<string> {
  const parts: string[] = []
  const diffs = new Map<string, FileDiff[]>()
  for (const comment of comments) {
    const { path, line, side, text } = comment
    const diff = diffs.get(path) ?? (await diffOrNothing(readDiff, path))
    diffs.set(path, diff)
    const quoted = diff
      .flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines))
      .find((of) => (side === 'old' ? of.oldLine : of.newLine) === line)
    const where = side === 'old' ? `${path}:${line} (before the change)` : `${path}:${line}`
    parts.push([where, ...(quoted === undefined ? [] : [`> ${quoted.text}`]), text].join('\n'))
  }
  return parts.join('\n\n')
}

/** A comment on a file that is not changed any more is work all the same. */
async function diffOrNothing(readDiff: ReadDiff, path: string): Promise<FileDiff[]> {
  try {
    return await readDiff(path)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return []
    throw error
  }
}
