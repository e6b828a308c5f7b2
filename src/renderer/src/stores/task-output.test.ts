import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import {
  emptyOutput,
  firstOffset,
  MAX_LINES,
  marked,
  plainText,
  reduceTaskOutput,
  type TaskOutput,
  trimmed,
  withOlder,
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

  it('knows that not all of it is text, also from what is read later of the log before', () => {
    const output = read(emptyOutput(taskId, 4), 4, 'text\n')
    expect(output.hasBinary).toBe(false)
    expect(read(output, 9, 'a\uFFFDb').hasBinary).toBe(true)
    expect(withOlder(output, 0, '\uFFFDx\n').hasBinary).toBe(true)
  })

  it('keeps the newest lines, and knows where they begin', () => {
    let output = emptyOutput(taskId)
    let offset = 0
    for (let line = 0; line < MAX_LINES + 1_000; line += 100) {
      const text = Array.from({ length: 100 }, (_, n) => `${line + n}\n`).join('')
      output = trimmed(read(output, offset, text))
      offset += text.length
    }
    expect(output.lines.length).toBeLessThanOrEqual(MAX_LINES)
    expect(output.lines.length).toBeGreaterThan(MAX_LINES - 500)
    const first = Number(output.lines[0]?.[0]?.text)
    const digits = Array.from({ length: first }, (_, n) => `${n}\n`).join('')
    expect(firstOffset(output)).toBe(digits.length)
  })

  it('puts what is older before it, from a whole line on', () => {
    const end = read(emptyOutput(taskId, 12), 12, 'four\nfi')
    const output = withOlder(end, 4, 'wo\nthree\n')
    expect(plainText(output)).toBe('three\nfour\nfi')
    expect(firstOffset(output)).toBe(7)
    expect(plainText(read(output, output.nextOffset, 've\n'))).toBe('three\nfour\nfive')
    expect(plainText(withOlder(output, 0, 'one\ntw\n'))).toBe('one\ntw\nthree\nfour\nfi')
  })

  it('reads a long log to its beginning and back to its end without a gap', () => {
    const log = Array.from({ length: 3 * MAX_LINES }, (_, n) => `${n}\n`).join('')
    const piece = 50_000
    const isPart = (output: TaskOutput) => {
      const begin = firstOffset(output)
      const cut = output.ansi.line.length > 0 ? '' : '\n'
      expect(plainText(output) + cut).toBe(log.slice(begin, output.nextOffset))
      expect(output.lines.length).toBeLessThanOrEqual(MAX_LINES)
    }
    let output = read(emptyOutput(taskId, log.length), log.length, '')
    while (firstOffset(output) > 0) {
      const end = firstOffset(output)
      const begin = Math.max(0, end - piece)
      output = trimmed(withOlder(output, begin, log.slice(begin, end)))
      isPart(output)
    }
    expect(output).toMatchObject({ live: false, changedAt: 'end' })
    const event = { taskId, offset: output.nextOffset, text: 'new\n', at: 1 }
    const state = { output }
    expect(reduceTaskOutput(state, { name: 'task.output', params: event })).toBe(state)
    while (output.nextOffset < log.length) {
      const begin = output.nextOffset
      output = trimmed(withText(output, begin, log.slice(begin, begin + piece)))
      isPart(output)
    }
    expect(firstOffset(output)).toBeGreaterThan(0)
  })

  it('leaves a stretch that is looked at alone when the connection comes back', () => {
    const elsewhere = { ...read(emptyOutput(taskId), 0, 'found\n'), live: false, behind: false }
    expect(marked(true)({ output: elsewhere }).output).toBe(elsewhere)
  })
})
