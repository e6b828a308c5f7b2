import { describe, expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { draftAfterSending, nameOfLine, placeIn } from './drafts.js'

describe('the draft after a message was accepted', () => {
  it('is empty, or what was typed behind the message', () => {
    expect(draftAfterSending('hello', 'hello')).toBe('')
    expect(draftAfterSending('hello and more', 'hello')).toBe(' and more')
    expect(draftAfterSending('hello\nnext', 'hello')).toBe('next')
  })

  it('stays where the field was changed meanwhile', () => {
    expect(draftAfterSending('hullo', 'hello')).toBe('hullo')
  })
})

it('finds the line of a comment in its name again', () => {
  const taskId = TaskId.parse('task_a')
  const place = { path: 'src/a.b.ts', line: 12, side: 'old' } as const
  expect(placeIn(nameOfLine(taskId, place).slice('draft.line.task_a.'.length))).toEqual(place)
  expect(placeIn('something else')).toBeNull()
})
