import type { MessageActivity } from '../../../shared/model/chat.js'
import { TaskId } from '../../../shared/model/ids.js'
import type { Transcript } from '../agents/transcript.js'

export interface ReplyContent {
  readonly text: string
  readonly activities: MessageActivity[]
}

/** Between what was said before a tool was used and after it. */
export const PARAGRAPH = '\n\n'

/** What a reply's committed steps say, and where in its text which tool was used. */
export function contentOf(
  transcript: Transcript,
  summarize: (tool: string, input: unknown) => string,
): ReplyContent {
  let text = ''
  const activities: MessageActivity[] = []
  const calls = new Map<string, { readonly name: string; readonly input: unknown }>()
  for (const step of transcript.steps) {
    if (step.kind === 'turn') {
      const said = step.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
      if (said !== '') text += text === '' ? said : PARAGRAPH + said
      for (const block of step.content) if (block.type === 'tool_use') calls.set(block.id, block)
    }
    const call = step.kind === 'result' ? calls.get(step.toolUseId) : undefined
    if (step.kind !== 'result' || call === undefined) continue
    const taskId = taskIdIn(step.content) ?? taskIdIn(JSON.stringify(call.input ?? null))
    activities.push({
      tool: call.name,
      summary: summarize(call.name, call.input),
      offset: text.length,
      isError: step.isError,
      ...(taskId === null ? {} : { taskId }),
    })
  }
  return { text, activities }
}

/** The task that a call speaks of, where its JSON names one at the top. */
function taskIdIn(json: string): TaskId | null {
  const found = /^\{"taskId":"(task_[A-Za-z0-9]+)"/.exec(json)
  const parsed = TaskId.safeParse(found?.[1])
  return parsed.success ? parsed.data : null
}
