import type { ChangedFile, Worktree } from '../../../../shared/model/worktree.js'
import { countOf, folderName } from '../../ui/format.js'

type Files = readonly ChangedFile[]

/** `3 files, +40 −12`. */
export function sizeOf(files: Files): string {
  const additions = files.reduce((sum, file) => sum + file.additions, 0)
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0)
  return `${countOf(files.length, 'file')}, ${countsOf({ additions, deletions })}`
}

/** `+40 −12`. */
export function countsOf(counts: Pick<ChangedFile, 'additions' | 'deletions'>): string {
  return `+${counts.additions.toLocaleString()} −${counts.deletions.toLocaleString()}`
}

/** How the changes of a task stand, in one sentence. */
export function stateText(worktree: Worktree, files: Files): string {
  if (worktree.kind === 'in_place') return `In place, in ${folderName(worktree.path)}`
  const size = sizeOf(files)
  const on = worktree.branch === undefined ? ' in a copy' : ` on branch ${worktree.branch}`
  switch (worktree.state) {
    case 'active':
      return files.length === 0 ? `Nothing changed so far${on}` : `So far ${size}${on}`
    case 'ready':
      return `Waits for your decision: ${size}${on}`
    case 'empty':
      return 'It changed nothing'
    case 'delivered':
      return `Merged into the work of its lead: ${size}`
    case 'applied':
      return `Applied to ${folderName(worktree.repository)}: ${size}`
    case 'branched':
      return `Kept${on}: ${size}`
    case 'discarded':
      return `Discarded: ${size}`
    case 'conflicted':
      return `Not merged: ${conflictText(worktree)}`
    case 'continued':
      return `Gone on with by ${worktree.continuedBy ?? 'another task'}`
    case 'kept':
      return `Left as it is: ${size}${on}, saved nowhere else`
  }
}

function conflictText({ conflicts = [] }: Worktree): string {
  if (conflicts.length === 0) return 'git found conflicts'
  return conflicts.length === 1 ? '1 file conflicts' : `${conflicts.length} files conflict`
}

/** Whether a person can still decide what becomes of the changes. */
export function isOpen({ kind, state }: Worktree): boolean {
  return kind !== 'in_place' && (state === 'ready' || state === 'conflicted' || state === 'kept')
}

/** What discarding costs, before it is done. */
export function lossText(worktree: Worktree, files: Files): string {
  const commits =
    worktree.branch === undefined
      ? ''
      : ` Branch ${worktree.branch} goes; its commits stay reachable by their id for as long as git keeps them.`
  const where = worktree.branch === undefined ? 'in its copy' : 'in its worktree'
  return `You lose what the task changed ${where}: ${sizeOf(files)}.${commits}`
}

const LETTERS: Readonly<Record<ChangedFile['status'], string>> = {
  added: 'A',
  modified: 'M',
  deleted: 'D',
  renamed: 'R',
  type_changed: 'T',
  submodule: 'S',
}

/** As git abbreviates it. */
export function letterOf({ status }: ChangedFile): string {
  return LETTERS[status]
}

/** For those who do not see the letter. */
export function statusText({ status, oldPath }: ChangedFile): string {
  if (status === 'renamed' && oldPath !== undefined) return `renamed from ${oldPath}`
  return status.replace('_', ' ')
}
