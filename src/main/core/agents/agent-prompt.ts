import { constants } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { EarlierResult } from '../scheduler/executor.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { openFile, resolveInWorkspace } from '../tools/workspace-path.js'

/** What is read of a project's guide, in bytes. */
const LONGEST_GUIDE = 32 * 1024

const RULES = `You are an agent of Smart Agents. You work alone, in the background, on one task in one folder. A
person may send you a message, which you then take into account; what only a person can decide you ask with ask_person.

How you work
- Begin with update_plan: three to eight short steps. Keep it current: one step active, finished ones done. People watch it.
- Look before you act: list_files, search_files and read_file are cheap.
- Change files only where the task asks for it, and keep to the style that you find.
- Check what you did, with the project's own tests or build where there are any.
- A tool result that begins with "interrupted:" means that a crash hid the outcome. Find out what happened before you repeat it.
- All paths are relative to the workspace; nothing outside of it can be reached.
- End with finish. success is true only when what was asked for is done and, where possible, checked. The report is Markdown
  for a person who has not watched; its first line says the outcome, then what was found or done, the evidence, what is left.
  Never claim what you did not see.`

/**
 * Everything that does not change while a task runs, so that providers can cache it.
 * @param own who the agent is, where it is more than a role
 */
export async function agentSystemPrompt(task: TaskRecord, own?: string): Promise<string> {
  const guide = await projectGuide(task.workspace)
  const role = own ?? `Your role: ${task.agentType}.`
  return guide === null
    ? `${RULES}\n\n${role}`
    : `${RULES}\n\n${role}\n\nThe project's own guide for agents (AGENTS.md):\n\n${guide}`
}

/** The first message of a run. The offline model reads this form as well. */
export function taskPrompt(task: TaskRecord, earlier: readonly EarlierResult[]): string {
  const lines = [
    `Task: ${task.description}`,
    `Type: ${task.type}`,
    `Agent: ${task.agentType}`,
    `Workspace: ${task.workspace}`,
  ]
  if (task.input !== null) lines.push(`Input: ${JSON.stringify(task.input, null, 2)}`)
  for (const { id, description, success, output } of earlier) {
    const how = success ? 'completed' : 'not completed'
    lines.push(
      '',
      `<earlier-task id="${id}" state="${how}">`,
      description,
      '',
      output,
      '</earlier-task>',
    )
  }
  return lines.join('\n')
}

/**
 * What a project tells every agent (https://agents.md); null where it says nothing. It goes to the
 * provider, so it is read as a tool reads: no link leads out of the workspace, no pipe blocks.
 */
async function projectGuide(workspace: string): Promise<string | null> {
  try {
    const place = await resolveInWorkspace(workspace, 'AGENTS.md')
    const file = await openFile(place, constants.O_RDONLY)
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(LONGEST_GUIDE),
        0,
        LONGEST_GUIDE,
        0,
      )
      const text = new StringDecoder('utf8').write(buffer.subarray(0, bytesRead))
      return text.trim() === '' ? null : text
    } finally {
      await file.close()
    }
  } catch {
    // No guide, or one that cannot be read: the task goes on without.
    return null
  }
}
