import type { ProcessIdentity } from '../../core/ports.js'
import type { ProcessEntry, ProcessTable } from './process-table.js'

/** What is known of a tree of processes that we started. */
export interface ProcessTree {
  readonly leader: ProcessIdentity
  /** Value of the run variable in every descendant that kept its environment. */
  readonly run: string
  /** No member started before it. */
  readonly oldest: number
  /** Members seen so far, pid → startedAt: one that cuts all its ties stays known. */
  readonly seen: Map<number, number>
}

/**
 * The living members: the leader's group and session, whatever carries the run variable (a daemon
 * in a session of its own), members seen before, and all their descendants.
 *
 * One that leaves the session, drops its environment and loses its parent between two looks is not
 * found; no interface of the operating system that needs no privileges knows it any more.
 */
export async function findTree(
  table: ProcessTable,
  tree: ProcessTree,
  entries: readonly ProcessEntry[],
): Promise<ProcessEntry[]> {
  const roots = knownMembers(table, tree, entries)
  const isRoot = new Set(roots.map((entry) => entry.pid))
  const strangers = entries.filter((e) => e.startedAt >= tree.oldest && !isRoot.has(e.pid))
  const marks = await table.marksOf(strangers)
  roots.push(...strangers.filter((entry) => marks.get(entry.pid)?.run === tree.run))
  const members = withDescendants(entries, roots, tree)
  remember(tree, members)
  return members
}

/** The members that show without looking into their environment: what a sample of memory needs. */
export function visibleMembers(
  table: ProcessTable,
  tree: ProcessTree,
  entries: readonly ProcessEntry[],
): ProcessEntry[] {
  const members = withDescendants(entries, knownMembers(table, tree, entries), tree)
  remember(tree, members)
  return members
}

/** Who is not among the living now is dead for good. */
function remember(tree: ProcessTree, members: readonly ProcessEntry[]): void {
  tree.seen.clear()
  for (const member of members) tree.seen.set(member.pid, member.startedAt)
}

function knownMembers(
  table: ProcessTable,
  tree: ProcessTree,
  entries: readonly ProcessEntry[],
): ProcessEntry[] {
  const { leader, seen } = tree
  const holder = entries.find((entry) => entry.pid === leader.pid)
  const isLeader = holder !== undefined && table.isSame(holder, leader)
  // The number of a group is not given away while the group lives: a stranger that holds it proves
  // that ours is gone.
  const groupIsOurs = holder === undefined || isLeader
  return entries.filter((entry) => {
    if (entry.pid === leader.pid) return isLeader
    if (groupIsOurs && (entry.group === leader.pid || entry.session === leader.pid)) return true
    return seen.get(entry.pid) === entry.startedAt
  })
}

/** Adds all descendants. This process is never a member, whatever it descends from. */
function withDescendants(
  entries: readonly ProcessEntry[],
  roots: readonly ProcessEntry[],
  tree: ProcessTree | null,
): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>()
  for (const entry of entries) {
    const siblings = children.get(entry.parent)
    if (siblings === undefined) children.set(entry.parent, [entry])
    else siblings.push(entry)
  }
  const members = new Map<number, ProcessEntry>()
  const open = [...roots]
  if (tree !== null && !entries.some((entry) => entry.pid === tree.leader.pid)) {
    // On Windows the children of a dead leader still name it.
    const orphans = children.get(tree.leader.pid) ?? []
    open.push(...orphans.filter((entry) => entry.startedAt >= tree.oldest))
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.pid === process.pid || next.pid <= 1 || members.has(next.pid)) continue
    members.set(next.pid, next)
    const parent = next
    open.push(...(children.get(next.pid) ?? []).filter((e) => e.startedAt >= parent.startedAt))
  }
  return [...members.values()]
}

/** The processes whose marker is wanted, and their descendants. */
export async function findMarked(
  table: ProcessTable,
  entries: readonly ProcessEntry[],
  wanted: (marker: string) => boolean,
): Promise<ProcessEntry[]> {
  const marks = await table.marksOf(entries)
  const roots = entries.filter((entry) => {
    const marker = marks.get(entry.pid)?.marker ?? null
    return marker !== null && wanted(marker)
  })
  return withDescendants(entries, roots, null)
}
