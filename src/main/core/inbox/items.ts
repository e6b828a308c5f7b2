import type { Blocker } from '../../../shared/model/blocker.js'
import type { InboxItem, ModelTrouble } from '../../../shared/model/inbox.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { Plan } from '../../../shared/model/plan.js'
import type { TaskError } from '../../../shared/model/task.js'
import type { Worktree } from '../../../shared/model/worktree.js'
import { shortened } from '../../../shared/text/shortened.js'
import { stallSince } from '../scheduler/stall.js'
import type { AboutTask } from '../store/queries/inbox.js'

const LONGEST_TITLE = 300

/** The first line of a text that may be long. */
function titleOf(text: string): string {
  return shortened(text.trim().split('\n', 1)[0] ?? '', LONGEST_TITLE)
}

function placeOf({ taskId, conversationId }: Pick<AboutTask, 'taskId' | 'conversationId'>) {
  return conversationId === null ? { taskId } : { taskId, conversationId }
}

export function modelItem(trouble: ModelTrouble): InboxItem {
  return {
    ...{ kind: 'model', id: `model:${trouble.reason}`, since: trouble.since, trouble },
    title: titleOf(trouble.message),
    actions: ['settings', 'dismiss'],
  }
}

export function questionItem(blocker: Blocker): InboxItem {
  const { id, taskId, conversationId, question, createdAt } = blocker
  return {
    ...{ kind: 'question', id: `question:${id}`, since: createdAt, title: titleOf(question) },
    ...placeOf({ taskId, conversationId: conversationId ?? null }),
    ...{ actions: ['answer', 'open'], blocker },
  }
}

export function planItem(plan: Plan): InboxItem {
  const { id, taskId, conversationId, goal, createdAt } = plan
  return {
    ...{ kind: 'plan', id: `plan:${id}`, since: createdAt, title: titleOf(goal) },
    ...placeOf({ taskId, conversationId: conversationId ?? null }),
    ...{ actions: ['approve', 'edit', 'reject', 'open'], plan },
  }
}

export function stalledItem(task: AboutTask, sinceMs: number): InboxItem {
  return {
    ...{ kind: 'stalled', id: `stalled:${task.taskId}`, since: sinceMs },
    ...{ title: titleOf(task.description), ...placeOf(task) },
    ...{ actions: ['open', 'cancel', 'dismiss'], stalled: stallSince(sinceMs) },
  }
}

export function failureItem(task: AboutTask, error: TaskError, atMs: number): InboxItem {
  return {
    ...{ kind: 'failure', id: `failure:${task.taskId}`, since: atMs },
    ...{ title: titleOf(task.description), ...placeOf(task) },
    ...{ actions: ['retry', 'open', 'dismiss'], error },
  }
}

export function changeItem(task: AboutTask, worktree: Worktree): InboxItem {
  const branch = worktree.kind === 'worktree' ? (['branch'] as const) : []
  const first = worktree.state === 'conflicted' ? 'resolve' : 'apply'
  return {
    ...{ kind: 'change', id: `change:${task.taskId}`, since: worktree.updatedAt },
    ...{ title: titleOf(task.description), ...placeOf(task) },
    actions: [first, 'open', ...branch, 'discard', 'dismiss'],
    worktree,
  }
}

export function mailItem(sessionId: string, mail: MailView): InboxItem {
  return {
    ...{ kind: 'mail', id: `mail:${mail.mailId}`, since: mail.createdAt },
    ...{ title: mail.subject, actions: ['reply', 'read', 'open'], sessionId, mail },
  }
}
