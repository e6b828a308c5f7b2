import { z } from 'zod'
import { LONGEST_ANSWER } from '../../../shared/model/blocker.js'
import { BlockerId, type ConversationId, TaskId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Blockers } from '../blockers/blockers.js'
import type { BackgroundTaskQueue } from '../scheduler/background-task-queue.js'
import type { Tool } from '../tools/tool.js'
import type { Changes } from '../workplaces/changes.js'
import { chatTool } from './chat-tools.js'

export interface TeamToolsOptions {
  readonly blockers: Pick<Blockers, 'get' | 'list' | 'answer'>
  readonly queue: Pick<BackgroundTaskQueue, 'get'>
  readonly changes: Pick<Changes, 'get' | 'apply' | 'branch'>
}

const LISTED = 30
const OfTask = z.strictObject({ taskId: TaskId })

/** The tools of the chat for what agents ask the person, and for what they changed. */
export function teamTools(
  { blockers, changes, queue }: TeamToolsOptions,
  conversation: { readonly id: ConversationId },
): readonly Tool[] {
  // What agents write stands in this conversation as well: it must not reach what belongs to another one.
  const requireOwn = (conversationId: ConversationId | undefined, what: string) => {
    if (conversationId === conversation.id) return
    throw new AppError('forbidden', `${what} belongs to no task of this conversation`)
  }
  const requireOwnTask = (id: TaskId) => requireOwn(queue.get(id).task.conversationId, id)
  return [
    chatTool({
      name: 'list_questions',
      description: 'What agents of this conversation ask the person and nobody has answered yet.',
      input: z.strictObject({}),
      summarize: () => 'Looked at open questions',
      run: async () => {
        const page = { before: Number.MAX_SAFE_INTEGER, limit: LISTED }
        const found = blockers.list({ conversationId: conversation.id, state: 'open', ...page })
        return { questions: found.blockers }
      },
    }),
    chatTool({
      name: 'answer_question',
      description:
        'Answers a question of an agent with what the person has said about it in this conversation; never with ' +
        'something of your own.',
      input: z.strictObject({
        blockerId: BlockerId,
        answer: z.string().trim().min(1).max(LONGEST_ANSWER),
      }),
      summarize: ({ blockerId }) => `Answered ${blockerId}`,
      run: async ({ blockerId, answer }) => {
        const { conversationId, source } = blockers.get(blockerId)
        requireOwn(conversationId, blockerId)
        if (source === 'checks') {
          throw new AppError(
            'forbidden',
            'whether work counts as done although its checks fail is decided by the person, beside the question',
          )
        }
        return { question: blockers.answer(blockerId, answer) }
      },
    }),
    chatTool({
      name: 'task_changes',
      description:
        'The files that a task has changed in a worktree of its own, and whether they wait for a decision of the person.',
      input: OfTask,
      summarize: ({ taskId }) => `Looked at the changes of ${taskId}`,
      run: async ({ taskId }) => changes.get(taskId),
    }),
    chatTool({
      name: 'apply_changes',
      description:
        'Merges the changes of a task into the person’s own checkout. Only when the person has asked for it.',
      input: OfTask,
      summarize: ({ taskId }) => `Applied the changes of ${taskId}`,
      run: async ({ taskId }) => {
        requireOwnTask(taskId)
        return { worktree: await changes.apply(taskId) }
      },
    }),
    chatTool({
      name: 'keep_changes_on_branch',
      description:
        'Leaves the changes of a task on a branch of the repository. Only when the person has asked for it.',
      input: OfTask.extend({ name: z.string().min(1).max(200).optional() }),
      summarize: ({ taskId }) => `Kept the changes of ${taskId} on a branch`,
      run: async ({ taskId, name }) => {
        requireOwnTask(taskId)
        return { branch: (await changes.branch(taskId, name)).branch }
      },
    }),
  ]
}
