import { expect, it } from 'vitest'
import { CommentId, TaskId } from '../../../../shared/model/ids.js'
import type { FileDiff, LineComment } from '../../../../shared/model/worktree.js'
import { en } from '../../text/en/index.js'
import { diffRows, stepFrom, withLoaded } from './diff-rows.js'

function file(path: string, change: Partial<FileDiff> = {}): FileDiff {
  const lines: FileDiff['hunks'][0]['lines'] = [
    { kind: 'context', oldLine: 1, newLine: 1, text: 'a' },
    { kind: 'deleted', oldLine: 2, text: 'b' },
    { kind: 'added', newLine: 2, text: 'c' },
  ]
  return {
    path,
    status: 'modified',
    additions: 1,
    deletions: 1,
    binary: false,
    hunks: [{ header: '@@ -1,2 +1,2 @@', lines }],
    ...change,
  }
}

function comment(change: Partial<LineComment>): LineComment {
  return {
    id: CommentId.parse('cmt_a'),
    taskId: TaskId.parse('task_a'),
    path: 'x',
    line: 2,
    side: 'new',
    text: 'why?',
    createdAt: 1,
    ...change,
  }
}

const NOTHING = { shut: new Set<string>(), comments: [], writing: new Set<string>() }
const kinds = (rows: ReturnType<typeof diffRows>) => rows.map(({ kind }) => kind)

it('puts comments and what is being written under their line, on its side', () => {
  const comments = [comment({}), comment({ id: CommentId.parse('cmt_b'), side: 'old' })]
  const rows = diffRows(
    { ...NOTHING, files: [file('x')], comments, writing: new Set(['new 2 x']) },
    en.changes.notes,
  )
  expect(kinds(rows)).toEqual([
    ...['file', 'hunk', 'line'],
    ...['line', 'comment', 'line', 'comment', 'form'],
  ])
  expect(rows[4]).toMatchObject({ comment: { side: 'old' } })
})

it('shows a comment whose line is gone at the end of its file', () => {
  const comments = [comment({ line: 99 })]
  const rows = diffRows({ ...NOTHING, files: [file('x'), file('y')], comments }, en.changes.notes)
  expect(kinds(rows).indexOf('comment')).toBe(5)
})

it('says why there are no lines, and shuts files', () => {
  const files = [file('x'), file('y', { binary: true, hunks: [] }), file('z', { omitted: 'long' })]
  const rows = diffRows({ ...NOTHING, files, shut: new Set(['x']) }, en.changes.notes)
  expect(kinds(rows).slice(0, 3)).toEqual(['file', 'file', 'note'])
  expect(rows.filter(({ kind }) => kind === 'note')).toMatchObject([
    { text: 'A binary file has no lines to show' },
    { text: 'long' },
  ])
})

it('takes a file that was read alone in place of what was left out', () => {
  const whole = file('x')
  const files = withLoaded([file('x', { omitted: 'long', hunks: [] })], new Map([['x', whole]]))
  expect(files).toEqual([whole])
})

it('steps from file to file and from line to line, and stops at the ends', () => {
  const rows = diffRows({ ...NOTHING, files: [file('x'), file('y')] }, en.changes.notes)
  expect(stepFrom(rows, null, 1, true)).toBe(0)
  expect(stepFrom(rows, 'file x', 1, true)).toBe(5)
  expect(stepFrom(rows, 'file x', 1, false)).toBe(2)
  expect(stepFrom(rows, 'file y', 1, true)).toBeNull()
  expect(stepFrom(rows, 'file x', -1, false)).toBeNull()
})
