import type { Outcome, PlannedCall, Routine } from '../routine.js'
import { errorLine } from '../tool-text.js'
import type { Intent, Target, TargetState } from '../words/intent.js'
import type { ChatContext } from './chat-context.js'
import { isPointed, matching } from './pick-tasks.js'
import { resultText } from './result-text.js'
import {
  isActive,
  type ListedTask,
  resultIn,
  startedIdIn,
  stateIn,
  taskIn,
  tasksIn,
} from './task-list.js'
import { lines, nameOf, overview, statusLine } from './task-text.js'

export type Control = Extract<
  Intent,
  { kind: 'status' | 'result' | 'cancel' | 'again' | 'message' }
>

export function isControl(intent: Intent): intent is Control {
  return ['status', 'result', 'cancel', 'again', 'message'].includes(intent.kind)
}

/** How a question back begins, by which the next turn knows what its answer is about. */
export const CANCEL_QUESTION = 'Which task should I cancel?'

const MOST_RESULTS = 5

const STATE_WORDS: Readonly<Record<TargetState, string>> = {
  pending: 'is waiting',
  running: 'is running',
  completed: 'has completed',
  failed: 'has failed',
  cancelled: 'was cancelled',
}

/** Answers requests about tasks from a fresh list; nothing is told from memory. */
export function* answerControls(
  controls: readonly Control[],
  context: ChatContext,
): Routine<string> {
  const [listed] = yield { say: '', calls: [{ name: 'list_tasks', input: {} }] }
  if (listed === undefined || listed.isError) {
    return `The tasks could not be listed: ${listed === undefined ? 'no answer' : errorLine(listed)}`
  }
  const known = tasksIn(listed)
  const tasks = [...known, ...(yield* tasksById(controls, known))]
  const parts: string[] = []
  for (const control of controls) {
    const text = yield* answer(control, tasks, context)
    if (!parts.includes(text)) parts.push(text)
  }
  return parts.join('\n\n')
}

/** Tasks that are named by id and too old for the list. */
function* tasksById(
  controls: readonly Control[],
  known: readonly ListedTask[],
): Routine<ListedTask[]> {
  const ids = controls.flatMap((control) => control.target.ids)
  const missing = [...new Set(ids)].filter((id) => known.every((task) => task.id !== id))
  if (missing.length === 0) return []
  const outcomes = yield { say: '', calls: missing.map((id) => callOn('task_status', id)) }
  return outcomes.flatMap((outcome) => taskIn(outcome) ?? [])
}

function* answer(
  control: Control,
  tasks: readonly ListedTask[],
  context: ChatContext,
): Routine<string> {
  switch (control.kind) {
    case 'status':
      return status(control.target, tasks)
    case 'result':
      return yield* result(control.target, tasks, context)
    case 'cancel':
      return yield* cancel(control.target, tasks)
    case 'again':
      return yield* again(control.target, tasks)
    case 'message':
      return yield* message(control.target, control.text, tasks)
  }
}

function status(target: Target, tasks: readonly ListedTask[]): string {
  if (tasks.length === 0) return 'There are no background tasks.'
  if (!isPointed(target) && target.state === null && !target.last) return overview(tasks)
  const found = matching(target, tasks)
  if (found.length > 0) return found.length === 1 ? found.map(statusLine).join('') : lines(found)
  if (target.ids.length > 0) return noSuchTask(target)
  if (target.state !== null && !isPointed(target)) {
    return `No task ${STATE_WORDS[target.state]}.\n\n${overview(tasks)}`
  }
  return `No task fits “${target.words.join(' ')}”.\n\n${overview(tasks)}`
}

function* result(
  target: Target,
  tasks: readonly ListedTask[],
  context: ChatContext,
): Routine<string> {
  const found = isPointed(target) ? matching(target, tasks) : recent(target, tasks, context)
  if (found.length === 0) {
    if (target.ids.length > 0) return noSuchTask(target)
    return tasks.length === 0
      ? 'There are no background tasks, so there is no result to show.'
      : `No task that fits has ended yet.\n\n${overview(tasks)}`
  }
  const ended = found.filter((task) => !isActive(task))
  const many = target.plural || target.all || target.ids.length > 1
  const shown = many ? ended.slice(0, MOST_RESULTS) : ended.slice(0, 1)
  const first = found.find(isActive)
  // "the result of the build" while a newer build runs: the running one is said as well.
  const running = first === undefined || (!many && found[0] !== first) ? [] : found.filter(isActive)
  const outcomes =
    shown.length === 0
      ? []
      : yield { say: '', calls: shown.map((task) => callOn('task_result', task.id)) }
  const texts = shown.map((task, index) => oneResult(task, outcomes[index]))
  const notYet = running.map((task) => `No result yet: ${statusLine(task)}`)
  return [...texts, ...notYet].join('\n\n')
}

/** Which result "the result" is: of what this conversation started, else of anything, the newest. */
function recent(target: Target, tasks: readonly ListedTask[], context: ChatContext): ListedTask[] {
  const fitting = tasks.filter((task) => target.state === null || task.state === target.state)
  const own = fitting.filter((task) => context.started.has(task.id))
  const pool = own.length > 0 && !target.all ? own : fitting
  const ended = pool.filter((task) => !isActive(task))
  return ended.length > 0 ? ended : pool
}

function oneResult(task: ListedTask, outcome: Outcome | undefined): string {
  if (outcome === undefined || outcome.isError) {
    const why = outcome === undefined ? 'no answer' : errorLine(outcome)
    return `The result of ${nameOf(task)} could not be read: ${why}`
  }
  const result = resultIn(outcome)
  if (result === 'unfinished') return `No result yet: ${statusLine(task)}`
  if (result === null) return `The result of ${nameOf(task)} is in a form that I cannot read.`
  return resultText(task, result)
}

function* cancel(target: Target, tasks: readonly ListedTask[]): Routine<string> {
  const active = tasks.filter(isActive)
  const found = matching(target, active)
  if (found.length === 0) return nothingToCancel(target, tasks)
  const several = target.all || target.plural || target.ids.length > 0
  if (found.length > 1 && !several) {
    return `${CANCEL_QUESTION} These are running or waiting:\n${lines(found)}\n\nSay its name or id, or “all”.`
  }
  const outcomes = yield { say: '', calls: found.map((task) => callOn('cancel_task', task.id)) }
  return found.map((task, index) => cancelled(task, outcomes[index])).join('\n')
}

function cancelled(task: ListedTask, outcome: Outcome | undefined): string {
  if (outcome === undefined || outcome.isError) {
    const why = outcome === undefined ? 'no answer' : errorLine(outcome)
    return `${nameOf(task)} could not be cancelled: ${why}`
  }
  const state = stateIn(outcome) ?? 'cancelled'
  return state === 'cancelled'
    ? `Cancelled: ${nameOf(task)}.`
    : `${nameOf(task)} was not cancelled: it is ${state}.`
}

function nothingToCancel(target: Target, tasks: readonly ListedTask[]): string {
  const ended = isPointed(target) ? matching(target, tasks).filter((task) => !isActive(task)) : []
  const first = ended[0]
  if (first !== undefined) return `There is nothing to cancel: ${statusLine(first)}.`
  if (target.ids.length > 0) return noSuchTask(target)
  const active = tasks.filter(isActive)
  if (active.length === 0) return 'There is nothing to cancel: no task is running or waiting.'
  return `No running or waiting task fits “${target.words.join(' ')}”. There are:\n${lines(active)}`
}

function* again(target: Target, tasks: readonly ListedTask[]): Routine<string> {
  const found = matching(target, tasks)[0]
  if (found === undefined) {
    return target.ids.length > 0
      ? noSuchTask(target)
      : 'There is no task yet that could be repeated.'
  }
  // The list leaves out the command, and a command must be repeated as it was.
  const [whole] = yield { say: '', calls: [callOn('task_status', found.id)] }
  const task = (whole === undefined ? null : taskIn(whole)) ?? found
  const { description, type, agentType, command } = task
  const input = {
    description,
    type,
    ...(agentType === '' ? {} : { agentType }),
    ...(command === undefined ? {} : { command }),
  }
  const [started] = yield { say: '', calls: [{ name: 'start_task', input }] }
  const id = started === undefined ? null : startedIdIn(started)
  if (id === null) {
    const why = started === undefined ? 'no answer' : errorLine(started)
    return `Could not start **${description}** again: ${why}`
  }
  return `Started again in the background: ${nameOf({ id, description })}, as ${task.id} was. You can go on chatting.`
}

function* message(target: Target, text: string, tasks: readonly ListedTask[]): Routine<string> {
  const active = tasks.filter(isActive)
  const found = matching(target, active)
  if (found.length === 0) return nothingToTell(target, tasks)
  if (found.length > 1 && !target.all) {
    return `Which task is that for? These fit:\n${lines(found)}\n\nSay, for example: tell ${found[0]?.id ?? 'task_…'} to ${text}`
  }
  const outcomes = yield {
    say: '',
    calls: found.map((task) => ({ name: 'message_task', input: { taskId: task.id, text } })),
  }
  return found
    .map((task, index) => {
      const outcome = outcomes[index]
      return outcome === undefined || outcome.isError
        ? `The message to ${nameOf(task)} was not delivered: ${outcome === undefined ? 'no answer' : errorLine(outcome)}`
        : `Passed on to ${nameOf(task)}: “${text}”. It reads it before its next step.`
    })
    .join('\n')
}

function nothingToTell(target: Target, tasks: readonly ListedTask[]): string {
  const ended = matching(target, tasks)[0]
  if (ended !== undefined && isPointed(target)) {
    return `Nobody is there to read it: ${statusLine(ended)}.`
  }
  return target.ids.length > 0 ? noSuchTask(target) : 'No task is running that could be told.'
}

function noSuchTask(target: Target): string {
  return target.ids.length === 1
    ? `There is no task ${target.ids[0]}.`
    : `There are no tasks ${target.ids.join(', ')}.`
}

function callOn(name: string, taskId: string): PlannedCall {
  return { name, input: { taskId } }
}
