import { copyFile, mkdtemp, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { ChangedFile } from '../../../shared/model/worktree.js'
import { type Checkout, stageAll } from './checkout.js'
import { type Git, partsOf } from './git.js'
import { exists } from './repository.js'

/** Two states of a repository: commits, or trees. */
export interface Range {
  readonly from: string
  readonly to: string
}

/** A changed file, with what git knows of it besides. */
export interface FoundFile extends ChangedFile {
  /** Of the new content, and of the old one. */
  readonly blob: string
  readonly oldBlob: string
}

/** What diffs must not do: run a program that the repository names. */
export const PLAIN_DIFF = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '-M',
  '--submodule=short',
]

/** What is different between two states, by name. */
export async function changedFiles(git: Git, folder: string, range: Range): Promise<FoundFile[]> {
  const diff = ['diff', '--raw', '--numstat', '--abbrev=40', '-z', ...PLAIN_DIFF]
  const { out } = await git.run(folder, [...diff, '--end-of-options', range.from, range.to, '--'])
  const parts = partsOf(out)
  const files: FoundFile[] = []
  let at = 0
  for (; parts[at]?.startsWith(':'); ) {
    const { file, taken } = rawEntry(parts, at)
    files.push(file)
    at += taken
  }
  for (const file of files) {
    const [, added = '-', deleted = '-', name = ''] =
      /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(parts[at] ?? '') ?? []
    at += name === '' ? 3 : 1
    const isBinary = added === '-'
    Object.assign(file, {
      additions: isBinary ? 0 : Number(added),
      deletions: isBinary ? 0 : Number(deleted),
      binary: isBinary,
    })
  }
  return files
}

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'renamed',
  T: 'type_changed',
}

/** `:oldmode newmode oldblob newblob status`, then one path, or two of a rename. */
function rawEntry(
  parts: readonly string[],
  at: number,
): { readonly file: FoundFile; readonly taken: number } {
  const [oldMode = '', mode = '', oldBlob = '', blob = '', letter = ''] = (parts[at] ?? '')
    .slice(1)
    .split(' ')
  const isSubmodule = oldMode === '160000' || mode === '160000'
  const isMove = letter.startsWith('R') || letter.startsWith('C')
  const first = parts[at + 1] ?? ''
  const file: FoundFile = {
    path: isMove ? (parts[at + 2] ?? '') : first,
    ...(letter.startsWith('R') ? { oldPath: first } : {}),
    status: isSubmodule ? 'submodule' : (STATUS[letter.charAt(0)] ?? 'modified'),
    additions: 0,
    deletions: 0,
    binary: false,
    blob,
    oldBlob,
  }
  return { file, taken: isMove ? 3 : 2 }
}

export function plain({ blob: _blob, oldBlob: _oldBlob, ...file }: FoundFile): ChangedFile {
  return file
}

/** The tree of what a worktree holds now, new files included; its own index is left alone. */
export async function snapshot(
  checkout: Checkout,
  place: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { git, top } = checkout
  const own = await git.line(top, ['rev-parse', '--git-path', 'index'], { env: place })
  const index = path.resolve(top, own)
  // Beside the worktree's own, so that it goes with it whatever happens.
  const folder = await mkdtemp(`${index}-look-`)
  try {
    const env = { ...place, GIT_INDEX_FILE: path.join(folder, 'index') }
    if (await exists(index)) await copyIndex(index, env.GIT_INDEX_FILE)
    else await git.run(top, ['read-tree', 'HEAD'], { env })
    await stageAll(checkout, env)
    return await git.line(top, ['write-tree'], { env })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The times in an index tell git which files it need not read again; it trusts none that is as new as the index itself
 * (its technical/racy-git), so that the copy must not look newer than what it was copied from.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from)
  await copyFile(from, to)
  await utimes(to, atime, mtime)
}
