import { TaskId } from '../../../../shared/model/ids.js'

/** An id as the program makes them; `task_status` and the like are names of tools. */
const ID = /\b(task_[A-Za-z0-9]{16})\b/

/** The task that a text is the id of, and nothing else. */
export function taskOf(text: string): TaskId | null {
  const parsed = TaskId.safeParse(text)
  return parsed.success && ID.test(parsed.data) ? parsed.data : null
}

export interface TextPart {
  readonly text: string
  readonly taskId: TaskId | null
}

/** A text in parts: what stands between ids of tasks, and those. */
export function withTaskIds(text: string): readonly TextPart[] {
  if (!text.includes('task_')) return [{ text, taskId: null }]
  // With a group in the pattern every second part is an id.
  return text
    .split(ID)
    .map((part, index) => ({ text: part, taskId: index % 2 === 1 ? taskOf(part) : null }))
    .filter(({ text: part }) => part !== '')
}
