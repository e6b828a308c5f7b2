import type { ChangedFile, Worktree } from '../../../../shared/model/worktree.js'
import type { Text } from '../../text/text.js'
import { folderName, formatNumber } from '../../ui/format.js'

type Files = readonly ChangedFile[]
type Words = Text['changes']

/** `3 files, +40 −12`. */
export function sizeOf(files: Files, text: Words): string {
  const additions = files.reduce((sum, file) => sum + file.additions, 0)
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0)
  const count = text.fileCount(files.length, formatNumber(files.length))
  return `${count}, ${countsOf({ additions, deletions })}`
}

/** `+40 −12`. */
export function countsOf(counts: Pick<ChangedFile, 'additions' | 'deletions'>): string {
  return `+${formatNumber(counts.additions)} −${formatNumber(counts.deletions)}`
}

/** How the changes of a task stand, in one sentence. */
export function stateText(worktree: Worktree, files: Files, text: Words): string {
  const { states } = text
  if (worktree.kind === 'in_place') return states.inPlace(folderName(worktree.path))
  const size = sizeOf(files, text)
  const on = worktree.branch === undefined ? states.inCopy : states.onBranch(worktree.branch)
  switch (worktree.state) {
    case 'active':
      return files.length === 0 ? states.nothingYet(on) : states.active(size, on)
    case 'ready':
      return states.ready(size, on)
    case 'empty':
      return states.empty
    case 'delivered':
      return states.delivered(size)
    case 'applied':
      return states.applied(folderName(worktree.repository), size)
    case 'branched':
      return states.branched(size, on)
    case 'discarded':
      return states.discarded(size)
    case 'conflicted':
      return states.conflicted(text.foundConflicts(worktree.conflicts?.length ?? 0))
    case 'continued':
      return states.continued(worktree.continuedBy ?? states.anotherTask)
    case 'kept':
      return states.kept(size, on)
  }
}

/** Whether a person can still decide what becomes of the changes. */
export function isOpen({ kind, state }: Worktree): boolean {
  return kind !== 'in_place' && (state === 'ready' || state === 'conflicted' || state === 'kept')
}

/** What discarding costs, before it is done. */
export function lossText(worktree: Worktree, files: Files, text: Words): string {
  const size = sizeOf(files, text)
  return worktree.branch === undefined
    ? text.lossOfCopy(size)
    : text.lossOfBranch(size, worktree.branch)
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
export function statusText({ status, oldPath }: ChangedFile, text: Words): string {
  if (status === 'renamed' && oldPath !== undefined) return text.renamedFrom(oldPath)
  return text.status[status]
}
