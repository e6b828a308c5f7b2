import type { MessageActivity } from '../../../shared/model/chat.js'
import { TaskId } from '../../../shared/model/ids.js'
import { type Step, type Transcript, textOf } from '../agents/transcript.js'

export interface ReplyContent {
  readonly text: string
  readonly activities: MessageActivity[]
}

/** Between what was said before a tool was used and after it. */
export const PARAGRAPH = '\n\n'

type Turn = Extract<Step, { kind: 'turn' }>
type Result = Extract<Step, { kind: 'result' }>
type Call = Extract<Turn['content'][number], { type: 'tool_use' }>

/** What a reply's committed steps say, and where in its text which tool was used. */
export function contentOf(
  transcript: Transcript,
  summarize: (tool: string, input: unknown) => string,
): ReplyContent {
  let text = ''
  const activities: MessageActivity[] = []
  const calls = new Map<string, Call>()
  for (const step of transcript.steps) {
    if (step.kind === 'turn') {
      text = [text, textOf(step)].filter((part) => part !== '').join(PARAGRAPH)
      for (const block of step.content) if (block.type === 'tool_use') calls.set(block.id, block)
    } else if (step.kind === 'result') {
      const call = calls.get(step.toolUseId)
      if (call !== undefined) activities.push(activityOf(call, step, text.length, summarize))
    }
  }
  return { text, activities }
}

function activityOf(
  call: Call,
  result: Result,
  offset: number,
  summarize: (tool: string, input: unknown) => string,
): MessageActivity {
  const taskId = taskIdIn(result.content) ?? taskIdIn(JSON.stringify(call.input ?? null))
  return {
    tool: call.name,
    summary: summarize(call.name, call.input),
    offset,
    isError: result.isError,
    ...(taskId === null ? {} : { taskId }),
  }
}

/** The task that a call speaks of, where its JSON names one at the top. */
function taskIdIn(json: string): TaskId | null {
  const found = /^\{"taskId":"(task_[A-Za-z0-9]+)"/.exec(json)
  const parsed = TaskId.safeParse(found?.[1])
  return parsed.success ? parsed.data : null
}
