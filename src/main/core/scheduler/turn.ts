import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'

/** One part of a turn: what it writes, and what follows once that is true. */
export interface TurnPart {
  /** Called again when the commit failed: it may change nothing but the store. */
  write(transaction: Transaction): void
  committed?(): void
  failed?(error: unknown): void
}

/**
 * Writes everything that is to be written now in one commit, which costs little more than a single
 * part alone. A part that throws must not take the others with it: then each gets a commit of its own.
 * @returns what went wrong
 */
export function commitTurn(log: EventLog, parts: readonly TurnPart[]): unknown[] {
  if (parts.length === 0) return []
  try {
    log.transaction((transaction) => {
      for (const part of parts) part.write(transaction)
    })
  } catch (error) {
    if (parts.length > 1 && !isFailureOfStore(error)) {
      return parts.flatMap((part) => commitTurn(log, [part]))
    }
    for (const part of parts) part.failed?.(error)
    return [error]
  }
  for (const part of parts) part.committed?.()
  return []
}

/** A locked database or a full disk: to try each part would only make everybody wait for each. */
function isFailureOfStore(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'internal' && error.cause !== undefined
}
