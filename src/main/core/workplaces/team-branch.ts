import { AppError } from '../../../shared/rpc/errors.js'
import { type Checkout, mergeInto } from './checkout.js'
import { type Git, OUR_IDENTITY, partsOf } from './git.js'
import type { WorktreeRecord } from './worktree-record.js'

/**
 * Work of a team comes together on a branch that is checked out nowhere, so that a worker can hand its part
 * in while the lead works: workers begin from it, and the lead's own worktree takes it up when the lead goes
 * on.
 */
export function teamRef(lead: Pick<WorktreeRecord, 'branch'>): string {
  return `refs/heads/${lead.branch}-team`
}

const NOTHING_YET = '0'.repeat(40)
const TRIES = 50

/** The newest commit of the team, whose branch begins at `start` when there is none. */
export async function teamCommit(git: Git, lead: WorktreeRecord, start: string): Promise<string> {
  const ref = teamRef(lead)
  const found = await git.commit(lead.repository, ref)
  if (found !== null) return found
  // Another worker may do the same at the same time: then its start counts.
  await git.run(lead.repository, ['update-ref', ref, start, NOTHING_YET], { ok: [0, 1, 128] })
  return (await git.commit(lead.repository, ref)) ?? start
}

/** Whether a commit is part of another one's history. */
export function isPartOf(git: Git, repository: string, commit: string, of: string) {
  return git.says(repository, ['merge-base', '--is-ancestor', commit, of])
}

/** What a merge of two commits would come to, without touching any folder. */
export async function tryMerge(
  git: Git,
  repository: string,
  ours: string,
  theirs: string,
): Promise<{ readonly tree: string; readonly conflicts: readonly string[] }> {
  const merge = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs]
  const { code, out } = await git.run(repository, merge, { ok: [0, 1] })
  const [tree = '', ...conflicts] = partsOf(out)
  return { tree, conflicts: code === 0 ? [] : [...new Set(conflicts.filter(Boolean))] }
}

/**
 * Merges a commit into the branch of a team.
 * @returns null when it is part of it; the newest commit of the team when git finds conflicts
 */
export async function mergeIntoTeam(
  git: Git,
  lead: WorktreeRecord,
  work: { readonly commit: string; readonly message: string },
): Promise<string | null> {
  const { repository } = lead
  const ref = teamRef(lead)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const team = await teamCommit(git, lead, lead.head ?? work.commit)
    if (await isPartOf(git, repository, work.commit, team)) return null
    const { tree, conflicts } = await tryMerge(git, repository, team, work.commit)
    if (conflicts.length > 0) return team
    const commit = await git.line(repository, [
      ...OUR_IDENTITY,
      'commit-tree',
      tree,
      ...['-p', team, '-p', work.commit, '-m', work.message],
    ])
    // Refused when another worker was quicker: then with its work.
    const moved = ['update-ref', ref, commit, team]
    if ((await git.run(repository, moved, { ok: [0, 1, 128] })).code === 0) return null
  }
  throw new AppError('conflict', `${ref} would not stand still: ${TRIES} tries to merge into it`)
}

/**
 * Brings the work of the team into the worktree of its lead, in which everything is committed.
 * @returns files with conflicts; empty when it is all there
 */
export async function takeUpTeam(checkout: Checkout, lead: WorktreeRecord): Promise<string[]> {
  const { git, top } = checkout
  const ref = teamRef(lead)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const team = await git.commit(top, ref)
    if (team === null) return []
    if (!(await isPartOf(git, top, team, 'HEAD'))) {
      const conflicts = await mergeInto(checkout, team, 'Take up the work of the team')
      if (conflicts.length > 0) return conflicts
    }
    const head = await git.line(top, ['rev-parse', 'HEAD'])
    if (head === team) return []
    const moved = ['update-ref', ref, head, team]
    if ((await git.run(top, moved, { ok: [0, 1, 128] })).code === 0) return []
  }
  throw new AppError('conflict', `${ref} would not stand still: ${TRIES} tries to take it up`)
}
