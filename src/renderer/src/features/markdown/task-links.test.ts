import { expect, it } from 'vitest'
import type { MarkdownNode } from './literal-html.js'
import { taskLinks, taskOf } from './task-links.js'

const id = 'task_Ab3dEf6hIj9lMn2p'
const text = (value: string): MarkdownNode => ({ type: 'text', value })

it('links the ids of tasks, and leaves links and names of tools alone', () => {
  const link: MarkdownNode = { type: 'link', url: 'https://x', children: [text(id)] }
  const tree: MarkdownNode = {
    type: 'root',
    children: [
      { type: 'paragraph', children: [text(`Started ${id}.`)] },
      { type: 'paragraph', children: [text('task_status'), link] },
    ],
  }
  taskLinks()(tree)
  const made = { type: 'link', url: `#${id}`, children: [text(id)] }
  expect(tree.children).toEqual([
    { type: 'paragraph', children: [text('Started '), made, text('.')] },
    { type: 'paragraph', children: [text('task_status'), link] },
  ])
})

it('reads the address of such a link', () => {
  expect(taskOf(`#${id}`)).toBe(id)
  expect(taskOf(id)).toBe(id)
  expect(taskOf('#task_status')).toBeNull()
  expect(taskOf(`https://example.com/#${id}`)).toBeNull()
})
