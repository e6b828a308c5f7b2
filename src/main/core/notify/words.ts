import type { Blocker } from '../../../shared/model/blocker.js'
import type { PlanId, TaskId } from '../../../shared/model/ids.js'
import type { NotificationAction } from '../../../shared/model/notification.js'
import { shortened } from '../../../shared/text/shortened.js'
import { plainText } from '../../../shared/text/terminal-text.js'
import type { EndCounts, NotificationRecord } from '../store/queries/notifications.js'
import type { NotifyFacts, Outcome } from '../store/queries/notify.js'
import type { NotifyText } from './text/notify-text.js'

/** A notification but for when, how loud and under which id. */
export type Draft = Pick<
  NotificationRecord,
  | 'subject'
  | 'kind'
  | 'title'
  | 'body'
  | 'place'
  | 'actions'
  | 'taskId'
  | 'conversationId'
  | 'blockerId'
  | 'planId'
  | 'ends'
  | 'needsAnswer'
>

const LONGEST_NAME = 120
const LONGEST_BODY = 300
/** Buttons beside a question; more answers are given where it leads. */
const MOST_ANSWERS = 3
/** Tasks that a summary names. */
export const NAMED_TASKS = 3

const NONE: EndCounts = { completed: 0, failed: 0, cancelled: 0 }

export function progressDraft(text: NotifyText, task: NotifyFacts, progress: number): Draft {
  return {
    ...about(task),
    ...{ subject: progressSubject(task.id), kind: 'progress', ends: NONE, needsAnswer: false },
    ...{ title: text.progress(nameOf(task.description), progress), body: '' },
    actions: usual(text),
  }
}

export function endDraft(
  text: NotifyText,
  task: NotifyFacts,
  subject: string,
  outcome: Outcome,
): Draft {
  const name = nameOf(task.description)
  const common = { ...about(task), subject, needsAnswer: false }
  if (task.state === 'completed') {
    return {
      ...{ ...common, kind: 'completed', ends: { ...NONE, completed: 1 } },
      ...{ title: text.completed(name), body: shortened(lineOf(outcome), LONGEST_BODY) },
      actions: usual(text),
    }
  }
  const state = task.state === 'failed' ? 'failed' : 'cancelled'
  return {
    ...{ ...common, kind: state, ends: { ...NONE, [state]: 1 } },
    ...{
      title: text[state](name),
      body: shortened(plainText(task.errorMessage ?? ''), LONGEST_BODY),
    },
    actions: [{ kind: 'retry', label: text.actions.retry }, ...usual(text)],
  }
}

/** @param names of some of the tasks; said where there is nothing to count apart */
export function summaryWords(
  text: NotifyText,
  ends: EndCounts,
  names: string,
): Pick<Draft, 'title' | 'body'> {
  const { completed, failed, cancelled } = ends
  const total = completed + failed + cancelled
  if (completed === total) return { title: text.allCompleted(total), body: names }
  const parts = (['completed', 'failed', 'cancelled'] as const)
    .filter((state) => ends[state] > 0)
    .map((state) => text.ends[state](ends[state]))
  return { title: text.allEnded(total), body: parts.join(' · ') }
}

export function summaryDraft(
  text: NotifyText,
  ends: EndCounts,
  first: readonly NotifyFacts[],
  subject: string,
): Draft {
  const total = ends.completed + ends.failed + ends.cancelled
  const names = first.map(({ description }) => shortened(nameOf(description), 60))
  const listed = [...names, ...(total > names.length ? [text.more] : [])].join(' · ')
  return {
    ...{ subject, kind: 'summary', ends, needsAnswer: false, place: { kind: 'tasks' } },
    ...summaryWords(text, ends, listed),
    actions: usual(text),
  }
}

export function questionDraft(text: NotifyText, blocker: Blocker, task: NotifyFacts): Draft {
  const { id, source, question, options } = blocker
  const name = nameOf(task.description)
  // Buttons are only offered where they are all there is to say.
  const answers: NotificationAction[] =
    options.length <= MOST_ANSWERS
      ? options.map((label) => ({ kind: 'answer' as const, label }))
      : []
  return {
    ...about(task),
    ...{ subject: questionSubject(id), kind: 'question', ends: NONE, needsAnswer: true },
    title: source === 'checks' ? text.checks(name) : text.question(name),
    ...{ body: shortened(question, LONGEST_BODY), place: { kind: 'question', blockerId: id } },
    ...{ actions: [...answers, open(text)], blockerId: id },
  }
}

export function approvalDraft(
  text: NotifyText,
  plan: { readonly id: PlanId; readonly titles: readonly string[] },
  task: NotifyFacts,
): Draft {
  const titles = plan.titles.join(' · ')
  return {
    ...about(task),
    ...{ subject: planSubject(plan.id), kind: 'approval', ends: NONE, needsAnswer: true },
    title: text.approval(nameOf(task.description)),
    body: shortened(`${text.parts(plan.titles.length)}: ${titles}`, LONGEST_BODY),
    actions: [
      { kind: 'approve', label: text.actions.approve },
      { kind: 'reject', label: text.actions.reject },
      open(text),
    ],
    planId: plan.id,
  }
}

export const questionSubject = (id: string) => `question:${id}`
export const planSubject = (id: string) => `plan:${id}`
export const progressSubject = (id: TaskId) => `progress:${id}`
export const endSubject = (id: TaskId, end: string) => `end:${id}:${end}`

function about({ id, conversationId }: NotifyFacts) {
  const place = { kind: 'task', taskId: id } as const
  return conversationId === null ? { taskId: id, place } : { taskId: id, place, conversationId }
}

function open(text: NotifyText): NotificationAction {
  return { kind: 'open', label: text.actions.open }
}

function usual(text: NotifyText): NotificationAction[] {
  return [open(text), { kind: 'dismiss', label: text.actions.dismiss }]
}

function nameOf(description: string): string {
  return shortened(plainText(description).trim().split('\n', 1)[0] ?? '', LONGEST_NAME)
}

/** Marks of Markdown; underscores within a name are none. */
const MARKS = /[*`]{1,3}|(?<![\p{L}\p{N}_])_{1,3}|_{1,3}(?![\p{L}\p{N}_])/gu

/** What a report says first, and a command last. */
function lineOf({ text, isPrinted }: Outcome): string {
  const plain = plainText(text)
  return isPrinted ? (plain.trimEnd().split('\n').at(-1)?.trim() ?? '') : firstLine(plain)
}

/** The first line of Markdown that says something, without its marks. */
function firstLine(markdown: string): string {
  for (const line of markdown.split('\n')) {
    const words = line.replace(/^[\s#>*+-]+/, '').replaceAll(MARKS, '')
    if (/[\p{L}\p{N}]/u.test(words)) return words.trim()
  }
  return ''
}
