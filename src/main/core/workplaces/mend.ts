import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { TaskId } from '../../../shared/model/ids.js'
import { isTerminal } from '../../../shared/model/task.js'
import {
  selectUncleared,
  selectWorktreesAt,
  selectWorktreesIn,
} from '../store/queries/worktrees.js'
import { exists } from './repository.js'
import { type Ground, save, taskOf, topOf } from './services.js'
import { clear, settle } from './settle.js'
import { type WorktreeRecord, withNote } from './worktree-record.js'

/** Does what a crash left undone. Nothing is removed whose content is not known to be safe. */
export async function mendWorkplaces(ground: Ground): Promise<void> {
  for (const record of recordsIn(ground, ['active'])) {
    const task = taskOf(ground, record.taskId)
    if (task === undefined || !isTerminal(task.state)) continue
    const { taskId, repository, kind } = record
    if (kind === 'in_place') save(ground, record, { state: 'applied' })
    else {
      ground.jobs.begin(repository, 'the settlement of a worktree', () => settle(ground, taskId))
    }
  }
  for (const record of recordsIn(ground, ['ready', 'conflicted', 'kept'])) {
    if (record.kind === 'in_place' || (await exists(topOf(ground, record)))) continue
    const gone = 'Its folder is gone; what was committed is on its branch.'
    if (!record.note?.includes(gone)) save(ground, record, { note: withNote(record.note, gone) })
  }
  const uncleared = ground.log.query((db) => selectUncleared(db, ground.clock.now()))
  const folders = (await foldersOf(ground)).flatMap(({ record }) => record ?? [])
  const left = folders.filter(
    (record) => record.branch === null || record.kind === 'copy' || record.state === 'branched',
  )
  for (const record of [...uncleared, ...left.filter(isOver)]) {
    ground.jobs.begin(record.repository, 'the removal of a worktree', () => clear(ground, record))
  }
}

export interface FoundFolder {
  readonly folder: string
  /** The newest that is on record about it. */
  readonly record: WorktreeRecord | undefined
}

/** Every folder among the worktrees. */
export async function foldersOf(ground: Ground): Promise<FoundFolder[]> {
  if (!(await exists(ground.folder))) return []
  const found: FoundFolder[] = []
  for (const entry of await readdir(ground.folder, { withFileTypes: true })) {
    // The repository beside a copy.
    if (!entry.isDirectory() || entry.name.endsWith('.git')) continue
    const folder = path.join(ground.folder, entry.name)
    const at = ground.clock.now()
    const [record] = ground.log.query((db) => selectWorktreesAt(db, folder, path.sep, at))
    found.push({ folder, record })
  }
  return found
}

/** The task that a folder was made for, by its name. */
export function taskIn(folder: string): TaskId | null {
  const [name] = path.basename(folder).split('-')
  const parsed = TaskId.safeParse(name)
  return parsed.success ? parsed.data : null
}

export function recordsIn(
  { log, clock }: Ground,
  states: readonly WorktreeRecord['state'][],
): WorktreeRecord[] {
  return log.query((db) => selectWorktreesIn(db, states, clock.now()))
}

/** Whether its content is safe elsewhere, or not wanted any more. */
function isOver({ state }: WorktreeRecord): boolean {
  return ['empty', 'delivered', 'applied', 'branched', 'discarded'].includes(state)
}
