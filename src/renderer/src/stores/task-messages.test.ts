import { expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { reduceTaskMessages, withMessages } from './task-messages.js'

const taskId = TaskId.parse('task_a')

it('keeps messages in their order, and read ones read', () => {
  const message = { id: 2, text: 'second', deliveredAt: 5, readAt: null }
  const told = reduceTaskMessages(
    {},
    { name: 'task.message', params: { taskId, message: { ...message, readAt: 9 }, seq: 1, at: 9 } },
  )
  const read = withMessages(told, taskId, [{ ...message, id: 1, text: 'first' }, message])
  expect(read[taskId]).toMatchObject([
    { id: 1, readAt: null },
    { id: 2, readAt: 9 },
  ])
})
