import { oneLine } from '../report/markdown.js'
import type { Outcome, Routine } from '../routine.js'
import { errorLine } from '../tool-text.js'
import type { WorkIntent } from '../words/intent.js'
import { stagesOf } from '../words/stages.js'
import { type Start, startOf } from './start-work.js'
import { startedIdIn } from './task-list.js'
import { nameOf } from './task-text.js'

/** Starts the tasks of a message and tells what came of each: at the same time, or one after another on "then". */
export function* startTasks(
  work: readonly WorkIntent[],
  agent: string | undefined,
): Routine<string> {
  const started: string[] = []
  const failed: string[] = []
  let before: readonly string[] = []
  for (const stage of stagesOf(distinct(work))) {
    const dependencies = before.length === 0 ? {} : { dependencies: before }
    const starts = stage.map(startOf).map((start) => doneBy(start, agent))
    const calls = starts.map(({ call }) => ({ ...call, input: { ...call.input, ...dependencies } }))
    const outcomes = yield { say: '', calls }
    const ids: string[] = []
    for (const [index, { description }] of starts.entries()) {
      const outcome = outcomes[index]
      const id = outcome === undefined ? null : startedIdIn(outcome)
      if (id === null) failed.push(notStarted(description, outcome))
      else {
        ids.push(id)
        started.push(nameOf({ id, description }) + (before.length === 0 ? '' : ', after that'))
      }
    }
    if (ids.length < starts.length) {
      failed.push(...leftOut(work, [...started, ...failed].length))
      break
    }
    before = ids
  }
  const notes = started.length > 0 ? [...repeatNotes(work), ...endlessNotes(work)] : []
  return [startedText(started), ...notes, ...failed].filter((part) => part !== '').join('\n\n')
}

/** The agent that the person named does what an agent does; a command runs without one. */
function doneBy(start: Start, agent: string | undefined): Start {
  const { type } = start.call.input as { readonly type?: string }
  if (agent === undefined || (type !== 'agent_execution' && type !== 'analysis')) return start
  return { ...start, call: { ...start.call, input: { ...start.call.input, agentType: agent } } }
}

/** What comes after something that could not be started is not started either. */
function leftOut(work: readonly WorkIntent[], told: number): string[] {
  return distinct(work)
    .slice(told)
    .map(
      (intent) => `Not started, since it was to come after that: **${oneLine(intent.words, 100)}**`,
    )
}

function notStarted(description: string, outcome: Outcome | undefined): string {
  const why = outcome === undefined ? 'no answer' : errorLine(outcome)
  return `Could not start **${oneLine(description, 100)}**: ${why}`
}

/** Asking twice for the same in one message is one task. */
function distinct(work: readonly WorkIntent[]): WorkIntent[] {
  const descriptions = work.map((intent) => startOf(intent).description)
  return work.filter((_, index) => descriptions.indexOf(descriptions[index] ?? '') === index)
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
