import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import {
  emptyOutput,
  MAX_LINES,
  marked,
  plainText,
  reduceTaskOutput,
  type TaskOutput,
  withText,
} from './task-output.js'

const taskId = TaskId.parse('task_a')
const other = TaskId.parse('task_b')

function read(output: TaskOutput, offset: number, text: string): TaskOutput {
  return withText(output, offset, text)
}

describe('output of a task', () => {
  it('puts pages and live text together without doubling any', () => {
    let output = read(emptyOutput(taskId), 0, 'one\ntw')
    output = read(output, 4, 'two\nthree')
    output = read(output, 0, 'one\n')
    expect(plainText(output)).toBe('one\ntwo\nthree')
    expect(output.nextOffset).toBe(13)
  })

  it('leaves a gap alone and says that it has to read on', () => {
    const caughtUp = marked(false)({ output: read(emptyOutput(taskId), 0, 'one\n') })
    const event = { taskId, offset: 10, text: 'far\n', at: 1 }
    const state = reduceTaskOutput(caughtUp, { name: 'task.output', params: event })
    expect(state.output).toMatchObject({ behind: true, nextOffset: 4 })
    const elsewhere = { name: 'task.output', params: { ...event, taskId: other } } as const
    expect(reduceTaskOutput(caughtUp, elsewhere)).toBe(caughtUp)
  })

  it('keeps the newest lines and counts the others', () => {
    const lines = Array.from({ length: MAX_LINES + 5 }, (_, index) => `${index}\n`).join('')
    const output = read(emptyOutput(taskId), 0, lines)
    expect(output.dropped).toBe(5)
    expect(output.lines).toHaveLength(MAX_LINES)
    expect(output.lines[0]?.[0]?.text).toBe('5')
  })
})
