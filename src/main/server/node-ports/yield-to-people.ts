import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../../core/ports.js'

const NICENESS = constants.priority.PRIORITY_BELOW_NORMAL

/**
 * Lets what a task starts work in the time that people's programs leave over, the host and its window
 * among them: where a build takes every core the chat would wait its turn among the build's threads.
 * Where that cannot be had the process runs on as it is.
 */
export function yieldToPeople(pid: number, logger: Logger): void {
  attempt(() => setPriority(pid, NICENESS), logger)
  // On Linux a session of its own may be a scheduling group of its own, inside which alone niceness
  // counts; the group has a niceness as well (sched(7), "The autogroup feature").
  if (process.platform === 'linux') {
    attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)), logger)
  }
}

/** It may have ended already, or the kernel may know no groups. */
function attempt(change: () => void, logger: Logger): void {
  try {
    change()
  } catch (error) {
    logger.debug({ reason: messageOf(error) }, 'a child keeps its priority')
  }
}
