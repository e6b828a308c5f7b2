import type { DurableEvent, LiveEvent } from '../../../shared/rpc/contract.js'

export interface EventListener {
  /** Called in `seq` order, synchronously after the commit that made the event true. */
  durable(event: DurableEvent): void
  live(event: LiveEvent): void
}

/** The read side of the event log, as hosts use it. */
export interface EventSource {
  /** 0 when nothing has happened yet. */
  lastSeq(): number
  /** The oldest event that is kept; 1 when nothing was removed. */
  oldestSeq(): number
  /** Events with `seq` greater than `afterSeq`, oldest first, at most `limit`; none only at the end. */
  read(afterSeq: number, limit: number): readonly DurableEvent[]
  /** A listener that throws is logged and stays; it never breaks the others. Returns the end. */
  subscribe(listener: EventListener): () => void
}
