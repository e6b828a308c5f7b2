import type { ModelMessage } from '../../model-client.js'
import { HOW_TO_CONNECT } from '../abilities.js'
import { startOf } from '../chat/start-work.js'
import { oneLine } from '../report/markdown.js'
import type { PlannedTurn } from '../routine.js'
import { answeredCalls } from '../transcript.js'
import { isWork, type WorkIntent } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'
import { stagesOf } from '../words/stages.js'
import type { TaskBrief } from './task-brief.js'

/** Refusals of the report after which none is handed in. */
const MOST_REFUSALS = 3

/**
 * The next turn of a lead: a plan with one part for each thing that was asked for, then a report of what came
 * of it. Null where there is nothing to share out, so that the task is done like any other.
 */
export function planLeadTurn(
  brief: TaskBrief,
  messages: readonly ModelMessage[],
): PlannedTurn | null {
  const answered = answeredCalls(messages)
  const ran = answered.findLast(({ name }) => name === 'run_plan')
  if (ran === undefined) {
    const work = parseIntents(brief.description).filter(isWork)
    if (work.length < 2) return null
    const parts = partsOf(work)
    return {
      text: `I plan ${parts.length} parts and hand them to workers.`,
      calls: [{ name: 'run_plan', input: { goal: brief.description, parts } }],
    }
  }
  const { content, isError } = ran.outcome
  const isDone = !isError && /^Round \d+\. All \d+ parts are done\./.test(content)
  const refused = answered.filter(({ name }) => name === 'finish').length
  if (refused >= MOST_REFUSALS) return { text: 'The report could not be handed in.', calls: [] }
  return {
    text: isDone ? 'Every part is done; I hand in the report.' : 'Not every part is done.',
    calls: [
      { name: 'finish', input: { success: isDone, report: reportOf(brief, content, isError) } },
    ],
  }
}

/** "Then" makes a part wait for those before it; everything else runs at the same time. */
function partsOf(work: readonly WorkIntent[]) {
  let before: string[] = []
  let number = 0
  return stagesOf(work).flatMap((stage) => {
    const parts = stage.map((intent) => {
      number += 1
      return { key: `part-${number}`, ...contentOf(intent), dependsOn: before }
    })
    before = parts.map(({ key }) => key)
    return parts
  })
}

function contentOf(work: WorkIntent) {
  const description = work.kind === 'command' ? `Run \`${work.line}\`` : startOf(work).description
  return { title: oneLine(work.words, 120), description }
}

const PART =
  /<part key="([^"]*)" state="([^"]*)" task="([^"]*)" agent="([^"]*)">\n(.*)\n([\s\S]*?)\n<\/part>/g

function reportOf({ description }: TaskBrief, content: string, isError: boolean): string {
  const closing = `_Offline mode planned this by fixed rules and read no report. ${HOW_TO_CONNECT}_`
  if (isError) return `# The plan could not be carried out\n\n${content}\n\n${closing}`
  const [head = ''] = content.split('\n')
  const outcome = head.replace(/^Round \d+\. /, '').replace(/ The others are not;.*$/, '')
  const chapters = [...content.matchAll(PART)].map(([, , state, task, agent, title, report]) => {
    const lowered = (report ?? '').replaceAll(/^(#+) /gm, '##$1 ').trim()
    return `## ${title} — ${state}\n\n${agent}, ${task}\n\n${lowered}`
  })
  return [`# ${outcome}`, oneLine(description, 300), ...chapters, closing].join('\n\n')
}
