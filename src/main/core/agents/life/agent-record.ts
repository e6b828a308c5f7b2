import type { AgentConfig, WorkKind } from '../../../../shared/model/agent.js'
import type { MailId, TaskId } from '../../../../shared/model/ids.js'
import type { Condition } from './agent-state.js'

/** An agent as stored. Times are epoch ms. */
export interface AgentRecord extends Condition {
  readonly ordinal: number
  readonly sessionId: string
  readonly agentId: string
  /** The task in hand: it runs, or waits for mail or for room. */
  readonly taskId: TaskId | null
  readonly config: AgentConfig
  readonly subscriptions: readonly string[]
  /** Why it is in its state. */
  readonly reason: string | null
  readonly stateSinceMs: number
  readonly createdAtMs: number
}

/** A task of an agent. */
export interface WorkRecord {
  readonly ordinal: number
  readonly taskId: TaskId
  /** `AgentRecord.ordinal`. */
  readonly agent: number
  readonly kind: WorkKind
  /** What it handles. */
  readonly mailId: MailId | null
  readonly hops: number
  readonly state: 'queued' | 'current' | 'ended'
  /** Whether a step of it has begun. */
  readonly begun: boolean
}

/** A rule that hands an agent an event at each of its instants. */
export interface ClockRecord {
  readonly id: number
  readonly agent: number
  readonly cron: string
  readonly timezone: string
  readonly event: string
  readonly nextMs: number | null
}
