import type { ChangedFile, DiffLine, FileDiff, Worktree } from '../../../shared/model/worktree.js'
import type { Style, Terminal } from '../terminal.js'
import { formatAgo } from './duration.js'

const STATES: Readonly<Record<Worktree['state'], string>> = {
  active: 'the task works in it',
  ready: 'waits for a decision',
  empty: 'nothing was changed',
  delivered: 'part of the work of its lead',
  applied: 'applied',
  branched: 'left on a branch',
  discarded: 'discarded',
  conflicted: 'does not merge',
  kept: 'left as it is',
  continued: 'another task works on with it',
}

const LETTERS: Readonly<Record<ChangedFile['status'], string>> = {
  added: 'A',
  modified: 'M',
  deleted: 'D',
  renamed: 'R',
  type_changed: 'T',
  submodule: 'S',
}

/** Where a task works, and what became of it. */
export function workplaceLines(worktree: Worktree | null, terminal: Terminal): string[] {
  if (worktree === null) return ['The task has no workspace of its own.']
  const { kind, path, branch, note, conflicts = [], continuedBy, state } = worktree
  const lines = [
    `Changes: ${kind === 'in_place' ? 'made in place' : STATES[state]}`,
    `Folder: ${terminal.foreignLine(path)}`,
  ]
  if (branch !== undefined) lines.push(`Branch: ${terminal.foreignLine(branch)}`)
  if (continuedBy !== undefined) lines.push(`Continued by: ${continuedBy}`)
  if (note !== undefined) lines.push(`Note: ${terminal.foreignLine(note)}`)
  for (const file of conflicts) lines.push(`Conflict: ${terminal.foreignLine(file)}`)
  return lines
}

export function changedFileLines(files: readonly ChangedFile[], terminal: Terminal): string[] {
  if (files.length === 0) return []
  const count = terminal.style('bold', `Files (${files.length}):`)
  return [count, ...files.map((file) => `  ${fileLine(file, terminal)}`)]
}

function fileLine(file: ChangedFile, terminal: Terminal): string {
  const { path, oldPath, status, additions, deletions, binary } = file
  const from = oldPath === undefined ? '' : `${terminal.foreignLine(oldPath)} → `
  const size = binary ? 'binary' : `+${additions} −${deletions}`
  return `${LETTERS[status]} ${from}${terminal.foreignLine(path)} (${size})`
}

/** One line for a list. */
export function worktreeLine(worktree: Worktree, terminal: Terminal, nowMs: number): string {
  const { taskId, state, repository, updatedAt } = worktree
  const facts = `${STATES[state]}, ${formatAgo(updatedAt, nowMs)}`
  return `  - ${taskId} in ${terminal.foreignLine(repository)} (${facts})`
}

export function diffLines(files: readonly FileDiff[], terminal: Terminal): string[] {
  const lines: string[] = []
  for (const file of files) {
    lines.push(terminal.style('bold', fileLine(file, terminal)))
    for (const hunk of file.hunks) {
      lines.push(terminal.style('cyan', terminal.foreignLine(hunk.header)))
      for (const line of hunk.lines) lines.push(diffLine(line, terminal))
    }
    if (file.omitted !== undefined) lines.push(terminal.style('dim', `(${file.omitted})`))
  }
  return lines.length === 0 ? ['Nothing was changed.'] : lines
}

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { context: ' ', added: '+', deleted: '-' }
const COLORS: Readonly<Record<DiffLine['kind'], Style | null>> = {
  context: null,
  added: 'green',
  deleted: 'red',
}

function diffLine({ kind, text }: DiffLine, terminal: Terminal): string {
  const line = `${SIGNS[kind]}${terminal.foreign(text)}`
  const color = COLORS[kind]
  return color === null ? line : terminal.style(color, line)
}
