import type { PlanStep } from '../../../../../shared/model/task.js'
import { HOW_TO_CONNECT, OFFLINE_ABILITIES } from '../abilities.js'
import { bullets, code, oneLine } from '../report/markdown.js'
import { type PartReport, renderReport, type Section, section } from '../report/report.js'
import type { Routine } from '../routine.js'
import { OTHER_VERB } from '../words/classify.js'
import { type Intent, isWork, type WorkIntent } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'
import { comparePart } from './compare-part.js'
import { type Part, Stage } from './part.js'
import { Plan } from './plan.js'
import { commandPart, goalPart, scriptPart } from './run-parts.js'
import { searchPart } from './search-part.js'
import { surveyPart } from './survey-part.js'
import { eventIn, type TaskBrief } from './task-brief.js'

export interface Finish {
  readonly success: boolean
  readonly report: string
  readonly headline: string
  readonly steps: readonly PlanStep[]
}

/** More parts than this in one task are not one task. */
const MOST_PARTS = 8

/** The whole course of an agent's task: each part that was understood, then one report. */
export function* taskRoutine(brief: TaskBrief, remarks: readonly string[]): Routine<Finish> {
  const event = eventIn(brief)
  if (event !== null) return noted(event)
  const { parts, leftOver, notHonoured } = partsOf(brief)
  if (parts.length === 0) return declined(brief, remarks)
  const plan = new Plan([...parts.flatMap((part) => part.steps), 'Write the report'])
  const done: { readonly title: string; readonly report: PartReport }[] = []
  let offset = 0
  for (const part of parts) {
    const report = yield* part.run(new Stage(plan, offset))
    done.push({ title: part.title, report })
    offset += part.steps.length
  }
  plan.start(offset)
  plan.close()
  const success = leftOver.length === 0 && done.every(({ report }) => report.success)
  const title = oneLine(brief.description, 120)
  const closing = [...leftOverSection(leftOver), ...notHonoured, ...remarkSection(remarks)]
  return {
    success,
    report: renderReport(title, done, closing),
    headline: done.map(({ report }) => oneLine(report.headline)).join(' '),
    steps: plan.steps(),
  }
}

/** What is to be done about an event stands in instructions that only a real model understands. */
function noted(event: string): Finish {
  const headline = `The event “${oneLine(event, 80)}” was noted.`
  const report = `${headline} Offline mode does nothing further about events. ${HOW_TO_CONNECT}`
  return { success: true, report, headline, steps: [] }
}

interface Parts {
  readonly parts: Part[]
  readonly leftOver: string[]
  readonly notHonoured: Section[]
}

function partsOf(brief: TaskBrief): Parts {
  const intents = parseIntents(brief.description)
  const work = intents.map(namedCommand).filter(isWork)
  const rest = intents.filter((intent) => !isWork(namedCommand(intent)))
  const parts = work.slice(0, MOST_PARTS).map(partOf)
  return {
    parts,
    leftOver: [...rest, ...work.slice(MOST_PARTS)]
      .filter((intent) => !isRemark(intent))
      .map((intent) => intent.words),
    notHonoured: work.flatMap(notHonouredSection),
  }
}

/** A description is no place for these: the task's own settings are, and each task runs once. */
function notHonouredSection({ words, repeat, timeoutMs }: WorkIntent): Section[] {
  const parts = [
    ...(repeat === undefined
      ? []
      : [`“${repeat}”: it ran once, offline mode does not repeat work`]),
    ...(timeoutMs === undefined
      ? []
      : [
          `the time limit of ${timeoutMs / 1000} s: it counts as a setting of the task (timeoutMs) only`,
        ]),
  ]
  return parts.length === 0
    ? []
    : [section(`Not honoured in “${oneLine(words, 80)}”`, bullets(parts))]
}

/** "In the project folder, …" and thanks ask for nothing of their own. */
function isRemark({ kind, words }: Intent): boolean {
  if (['greeting', 'thanks', 'acknowledgement', 'refrain'].includes(kind)) return true
  return /^(?:in|on|for|with|from|at|within|as|by)\b/i.test(words) && words.split(/\s+/).length <= 6
}

/**
 * A free-form clause that says to run a quoted command is at least that. A command that is only
 * mentioned ("fix the crash of `x`") is not run.
 */
function namedCommand(intent: Intent): Intent {
  if (intent.kind !== 'unknown' || OTHER_VERB.test(intent.words)) return intent
  const line = /\b(?:run|execute|using|via)\s+`([^`]+)`/i.exec(intent.words)?.[1]
  return line === undefined ? intent : { kind: 'command', line, words: intent.words }
}

function partOf(work: WorkIntent): Part {
  switch (work.kind) {
    case 'command':
      return commandPart(work.line)
    case 'goal':
      return goalPart(work.goal, work.place)
    case 'script':
      return scriptPart(work.name)
    case 'survey':
      return surveyPart(work)
    case 'search':
      return searchPart(work.query, work.place)
    case 'compare':
      return comparePart(work.left, work.right)
  }
}

function leftOverSection(leftOver: readonly string[]): Section[] {
  if (leftOver.length === 0) return []
  return [
    section(
      'Not done',
      'Offline mode could not do this part of the task:',
      bullets(leftOver.map((words) => oneLine(words, 300))),
      HOW_TO_CONNECT,
    ),
  ]
}

function remarkSection(remarks: readonly string[]): Section[] {
  if (remarks.length === 0) return []
  return [
    section(
      'Messages that came meanwhile',
      bullets(remarks.map((remark) => `“${oneLine(remark, 400)}”`)),
      'They were read. Offline mode follows fixed steps and cannot change its course in the middle, so the work above is what the task first asked for; start another task for the rest.',
    ),
  ]
}

/** Free-form work: nothing is touched, and the report says what would be possible. */
function declined(brief: TaskBrief, remarks: readonly string[]): Finish {
  const title = oneLine(brief.description, 120) || 'A task without a description'
  const headline =
    '**Nothing was done.** This task needs a language model; no model is connected, and offline mode only knows fixed kinds of work.'
  const report: PartReport = {
    success: false,
    headline,
    sections: [
      section('What offline mode can do', bullets(OFFLINE_ABILITIES)),
      section('Connecting a model', HOW_TO_CONNECT),
    ],
  }
  return {
    success: false,
    report: renderReport(title, [{ title, report }], remarkSection(remarks)),
    headline: `Offline mode cannot do ${code(oneLine(brief.description, 80))}.`,
    steps: [{ title: 'Understand the task', state: 'failed' }],
  }
}
