import { expect, it } from 'vitest'
import { taskOf, withTaskIds } from './task-links.js'

const id = 'task_Ab3dEf6hIj9lMn2p'

it('tells the ids of tasks from names of tools', () => {
  expect(withTaskIds(`Started ${id}.`)).toEqual([
    { text: 'Started ', taskId: null },
    { text: id, taskId: id },
    { text: '.', taskId: null },
  ])
  expect(withTaskIds('task_status')).toEqual([{ text: 'task_status', taskId: null }])
})

it('reads an id that stands alone', () => {
  expect(taskOf(id)).toBe(id)
  expect(taskOf(`${id} `)).toBeNull()
  expect(taskOf('task_status')).toBeNull()
})
