import { cp, mkdir, opendir, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/rpc/errors.js'
import type { TaskRecord } from '../tasks/task-record.js'
import { type Git, OUR_IDENTITY } from './git.js'
import { exists } from './repository.js'
import { type Ground, gitFolderOf, save, topOf } from './services.js'
import { PACKAGE_FOLDERS } from './shared-folders.js'
import { newRecord, type WorktreeRecord } from './worktree-record.js'

const MOST_FILES = 50_000
const COPYING_MS = 600_000

/** Says where a task will work in a copy, before anything is copied. */
export async function planCopy(ground: Ground, task: TaskRecord): Promise<WorktreeRecord> {
  await refuseLarge(task.workspace)
  let name: string = task.id
  for (let number = 2; await exists(path.join(ground.folder, name)); number += 1) {
    name = `${task.id}-${number}`
  }
  const at = ground.clock.now()
  const note = 'Works in a copy, without the folders of installed packages.'
  return save(
    ground,
    newRecord(
      {
        taskId: task.id,
        kind: 'copy',
        repository: task.workspace,
        path: path.join(ground.folder, name),
        branch: 'copy',
        base: null,
        note,
      },
      at,
    ),
    {},
  )
}

/**
 * Copies the folder and notes, in a repository beside the copy, how it was. May be called again after a crash.
 */
export async function makeCopy(
  ground: Ground,
  git: Git,
  record: WorktreeRecord,
): Promise<WorktreeRecord> {
  const top = topOf(ground, record)
  if (record.head !== null && (await exists(top))) return record
  const gitFolder = gitFolderOf(ground, record)
  await rm(top, { recursive: true, force: true })
  await rm(gitFolder, { recursive: true, force: true })
  await mkdir(ground.folder, { recursive: true })
  await cp(record.repository, top, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: (source) => !isLeftOut(path.basename(source)) && !isInside(ground.folder, source),
  })
  await git.run(top, [
    'init',
    '--quiet',
    '--initial-branch=copy',
    `--separate-git-dir=${gitFolder}`,
  ])
  await git.run(top, ['add', '--all', '--', '.'], { timeoutMs: COPYING_MS })
  const message = ['-m', `The folder as it was for ${record.taskId}`]
  await git.run(top, [
    ...OUR_IDENTITY,
    'commit',
    '--quiet',
    '--no-verify',
    '--allow-empty',
    ...message,
  ])
  const base = await git.line(top, ['rev-parse', 'HEAD'])
  return save(ground, record, { base, head: base })
}

function isLeftOut(name: string): boolean {
  return name === '.git' || PACKAGE_FOLDERS.some((folder) => folder === name)
}

function isInside(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder + path.sep)
}

/** Somebody's home folder must not be copied by mistake. */
async function refuseLarge(folder: string): Promise<void> {
  let files = 0
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for await (const entry of await opendir(next)) {
      if (isLeftOut(entry.name)) continue
      if (entry.isDirectory()) folders.push(path.join(next, entry.name))
      files += 1
      if (files > MOST_FILES) {
        throw new AppError(
          'limit_exceeded',
          `isolation: ${folder} holds more than ${MOST_FILES} files, too many for a copy; ` +
            'use isolation in_place, or a folder within it',
        )
      }
    }
  }
}
