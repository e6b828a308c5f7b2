import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../../core/ports.js'
import { type ProcessEntry, sendSignal } from './process-table.js'

/** Between the request to end and the kill that cannot be refused. */
const TERM_TO_KILL_MS = 700
const FIRST_LOOK_MS = 10
const SLOWEST_LOOK_MS = 100
const COMPLAIN_AFTER_MS = 10_000

export interface EndOptions {
  /** The living members, read from the operating system; rejects when it cannot be asked. */
  readonly find: () => Promise<readonly ProcessEntry[]>
  /** While it answers true, members may end by themselves. Default: never. */
  readonly mayLinger?: () => boolean
  /** The platform's own way to kill a tree; used once, when its leader was seen alive. */
  readonly killByLeader?: ((pid: number) => Promise<void>) | undefined
  /** Signalled as a group too. */
  readonly leader?: number
  /** Asked only when the process table cannot be: whether the number is known to be the leader's. */
  readonly leaderIsOurs?: () => boolean
  readonly logger: Logger
}

/**
 * Ends processes and returns when the operating system lists none of them any more.
 *
 *   lingering ──(mayLinger is over)──► asked: SIGTERM, once each ──(700 ms)──► killed: SIGKILL at
 *   each look ──► gone: two looks in a row find nothing (one, when nothing was ever found)
 *
 * Processes that appear meanwhile go through the same signals. There is no way out before "gone":
 * one that hangs in the kernel is still running, and is reported as such. Only where the system
 * cannot be asked at all, the leader is killed and that is the end.
 *
 * @returns how many processes were signalled.
 */
export async function endProcessTree(options: EndOptions): Promise<number> {
  const begun = performance.now()
  const asked = new Set<string>()
  let askedAt: number | null = null
  let foundAny = false
  let emptyLooks = 0
  let complained = false
  for (let look = 0; ; look++) {
    const members = await lookFor(options)
    if (members === null) return asked.size
    if (members.length === 0) {
      emptyLooks += 1
      if (!foundAny || emptyLooks === 2) return asked.size
    } else {
      foundAny = true
      emptyLooks = 0
      const lingers = askedAt === null && (options.mayLinger?.() ?? false)
      if (!lingers) {
        askedAt ??= performance.now()
        const kill = performance.now() - askedAt >= TERM_TO_KILL_MS
        await signalMembers(members, kill, asked, options)
      }
    }
    if (!complained && performance.now() - begun > COMPLAIN_AFTER_MS) {
      complained = true
      options.logger.warn({ pids: members.map((m) => m.pid) }, 'processes refuse to end')
    }
    await delay(Math.min(FIRST_LOOK_MS * 1.5 ** look, SLOWEST_LOOK_MS))
  }
}

/** Null when the process table could not be read three times in a row. */
async function lookFor(options: EndOptions): Promise<readonly ProcessEntry[] | null> {
  for (let tries = 1; ; tries++) {
    try {
      return await options.find()
    } catch (error) {
      options.logger.error({ error }, `processes cannot be listed: ${messageOf(error)}`)
      if (tries === 3) break
      await delay(TERM_TO_KILL_MS)
    }
  }
  const { leader, killByLeader, leaderIsOurs } = options
  if (leader !== undefined && leaderIsOurs?.()) {
    if (killByLeader === undefined) sendSignal(-leader, 'SIGKILL')
    else await killByLeader(leader)
  }
  return null
}

async function signalMembers(
  members: readonly ProcessEntry[],
  kill: boolean,
  asked: Set<string>,
  { leader, killByLeader }: EndOptions,
): Promise<void> {
  const isFirst = asked.size === 0
  const fresh = members.filter((member) => !asked.has(`${member.pid}:${member.startedAt}`))
  for (const member of fresh) asked.add(`${member.pid}:${member.startedAt}`)
  if (isFirst && leader !== undefined && members.some((member) => member.pid === leader)) {
    await killByLeader?.(leader)
  }
  const signal = kill ? 'SIGKILL' : 'SIGTERM'
  const targets = kill ? members : fresh
  const isInGroup = (member: ProcessEntry) => leader !== undefined && member.group === leader
  // The group as a whole: no fork slips through.
  if (leader !== undefined && targets.some(isInGroup)) sendSignal(-leader, signal)
  for (const member of targets) if (!isInGroup(member)) sendSignal(member.pid, signal)
}
