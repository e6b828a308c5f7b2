import { z } from 'zod'
import { LONGEST_ANSWER } from '../../../shared/model/blocker.js'
import { BlockerId, type ConversationId, TaskId } from '../../../shared/model/ids.js'
import type { Blockers } from '../blockers/blockers.js'
import type { Tool } from '../tools/tool.js'
import type { Changes } from '../workplaces/changes.js'
import { chatTool } from './chat-tools.js'

export interface TeamToolsOptions {
  readonly blockers: Pick<Blockers, 'list' | 'answer'>
  readonly changes: Pick<Changes, 'get' | 'apply' | 'branch'>
}

const LISTED = 30
const OfTask = z.strictObject({ taskId: TaskId })

/** The tools of the chat for what agents ask the person, and for what they changed. */
export function teamTools(
  { blockers, changes }: TeamToolsOptions,
  conversation: { readonly id: ConversationId },
): readonly Tool[] {
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
      run: async ({ blockerId, answer }) => ({ question: blockers.answer(blockerId, answer) }),
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
      run: async ({ taskId }) => ({ worktree: await changes.apply(taskId) }),
    }),
    chatTool({
      name: 'keep_changes_on_branch',
      description:
        'Leaves the changes of a task on a branch of the repository. Only when the person has asked for it.',
      input: OfTask.extend({ name: z.string().min(1).max(200).optional() }),
      summarize: ({ taskId }) => `Kept the changes of ${taskId} on a branch`,
      run: async ({ taskId, name }) => ({ branch: (await changes.branch(taskId, name)).branch }),
    }),
  ]
}
