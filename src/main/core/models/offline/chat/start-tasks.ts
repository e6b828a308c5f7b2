import { oneLine } from '../report/markdown.js'
import type { Routine } from '../routine.js'
import { errorLine } from '../tool-text.js'
import type { WorkIntent } from '../words/intent.js'
import { type Start, startOf } from './start-work.js'
import { startedIdIn } from './task-list.js'
import { nameOf } from './task-text.js'

/** Starts all tasks of a message in one turn and tells what came of each. */
export function* startTasks(work: readonly WorkIntent[]): Routine<string> {
  const starts = distinct(work.map(startOf))
  const outcomes = yield { say: '', calls: starts.map((start) => start.call) }
  const started: string[] = []
  const failed: string[] = []
  for (const [index, { description }] of starts.entries()) {
    const outcome = outcomes[index]
    const id = outcome === undefined ? null : startedIdIn(outcome)
    if (id !== null) started.push(nameOf({ id, description }))
    else {
      const why = outcome === undefined ? 'no answer' : errorLine(outcome)
      failed.push(`Could not start **${oneLine(description, 100)}**: ${why}`)
    }
  }
  const sequence = started.length > 1 ? sequenceNote(work) : ''
  const notes = started.length > 0 ? [...repeatNotes(work), ...endlessNotes(work)] : []
  return [startedText(started), sequence, ...notes, ...failed]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** Asking twice for the same in one message is one task. */
function distinct(starts: readonly Start[]): Start[] {
  return starts.filter(
    (start, index) =>
      starts.findIndex((other) => other.description === start.description) === index,
  )
}

function startedText(started: readonly string[]): string {
  const [only, ...more] = started
  if (only === undefined) return ''
  if (more.length === 0) {
    return `Started in the background: ${only}. You can go on chatting; you will be told here when it ends.`
  }
  const list = started.map((name) => `- ${name}`).join('\n')
  return `Started in the background:\n${list}\n\nYou can go on chatting; you will be told here when each one ends.`
}

function sequenceNote(work: readonly WorkIntent[]): string {
  const later = work.find((intent) => intent.after === true)
  if (later === undefined) return ''
  return `Offline mode starts all tasks of a message at once, so “${oneLine(later.words, 80)}” does not wait for the one before it.`
}

function repeatNotes(work: readonly WorkIntent[]): string[] {
  return work.flatMap(({ words, repeat }) =>
    repeat === undefined
      ? []
      : [`“${oneLine(words, 80)}” runs once: offline mode does not repeat work (“${repeat}”).`],
  )
}

/** Scripts that serve or watch do not end by themselves. */
const ENDLESS = /^(?:dev|start|serve|server|preview|watch)(?:[:.-]|$)/

function endlessNotes(work: readonly WorkIntent[]): string[] {
  return work.flatMap((intent) =>
    intent.kind === 'script' && ENDLESS.test(intent.name)
      ? [
          `A script such as “${intent.name}” mostly runs until it is ended: cancel the task when you no longer need it. After an hour it is ended in any case.`,
        ]
      : [],
  )
}
