import { TaskId } from '../../../../shared/model/ids.js'
import type { MarkdownNode } from './literal-html.js'

/** An id as the program makes them; `task_status` and the like are names of tools. */
const ID = /\b(task_[A-Za-z0-9]{16})\b/

/** A remark plugin: ids of tasks in running text become links within the app. */
export function taskLinks(): (tree: MarkdownNode) => void {
  return visit
}

/** The task that a text or an address of such a link names, and nothing else. */
export function taskOf(text: string): TaskId | null {
  const parsed = TaskId.safeParse(text.replace(/^#/, ''))
  return parsed.success && ID.test(parsed.data) ? parsed.data : null
}

function visit(node: MarkdownNode): void {
  if (node.children === undefined || node.type === 'link') return
  for (const child of node.children) visit(child)
  node.children = node.children.flatMap((child) => (child.type === 'text' ? linked(child) : child))
}

function linked(node: MarkdownNode): readonly MarkdownNode[] {
  // With a group in the pattern every second part is an id.
  const parts = (node.value ?? '').split(ID)
  if (parts.length === 1) return [node]
  return parts.flatMap((value, index): readonly MarkdownNode[] => {
    const text: MarkdownNode = { type: 'text', value }
    if (index % 2 === 1) return [{ type: 'link', url: `#${value}`, children: [text] }]
    return value === '' ? [] : [text]
  })
}
