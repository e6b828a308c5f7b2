import type { TaskNotify } from '../../../shared/model/notification.js'
import type { NotificationPreferences } from '../../../shared/model/preferences.js'
import type { TaskState } from '../../../shared/model/task.js'

/** How much of a task is told. */
export type NotifyTerms = Pick<
  NotificationPreferences,
  'strategy' | 'minProgressDelta' | 'throttleMs'
>

/** What a task says goes before what the person prefers. */
export function termsOf(own: TaskNotify | null, preferred: NotificationPreferences): NotifyTerms {
  return {
    strategy: own?.strategy ?? preferred.strategy,
    minProgressDelta: own?.minProgressDelta ?? preferred.minProgressDelta,
    throttleMs: own?.throttleMs ?? preferred.throttleMs,
  }
}

/** What the person knows of a tree of tasks. */
export interface Told {
  readonly progress: number
  /** Epoch ms of the progress that was told last. */
  readonly atMs: number | null
  /** Names the end that was told. */
  readonly end: string | null
  /** When progress that came too early is looked at again. */
  readonly dueAtMs: number | null
}

export const NOTHING_TOLD: Told = { progress: 0, atMs: null, end: null, dueAtMs: null }

/** The last of them is the end. */
const MILESTONES = [75, 50, 25]

export type ProgressDecision =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'tell'; readonly progress: number }
  | { readonly kind: 'later'; readonly atMs: number }

const NOTHING: ProgressDecision = { kind: 'nothing' }

/** Whether the progress of a root is news. A clock that was set back does not hold it up. Pure. */
export function decideProgress(
  { strategy, minProgressDelta, throttleMs }: NotifyTerms,
  told: Told,
  progress: number,
  nowMs: number,
): ProgressDecision {
  if (strategy === 'silent' || strategy === 'completion') return NOTHING
  const reached =
    strategy === 'verbose'
      ? Math.floor(progress)
      : (MILESTONES.find((milestone) => milestone <= progress) ?? 0)
  // To have reached 100 is not to be done: the end will say that.
  if (reached >= 100 || reached <= told.progress) return NOTHING
  if (reached - told.progress < minProgressDelta) return NOTHING
  const sinceMs = told.atMs === null ? Number.POSITIVE_INFINITY : nowMs - told.atMs
  if (sinceMs < 0 || sinceMs >= throttleMs) return { kind: 'tell', progress: reached }
  return { kind: 'later', atMs: nowMs + throttleMs - sinceMs }
}

/** The root of a tree as far as its end goes. */
export interface RootEnd {
  readonly state: TaskState
  readonly attempt: number
  readonly completedAtMs: number | null
  readonly errorCode: string | null
  /** Tasks below it that have not ended. */
  readonly openBelow: boolean
}

/** Names an end: another one follows only when the root was tried again. */
export function endOf({
  attempt,
  completedAtMs,
}: Pick<RootEnd, 'attempt' | 'completedAtMs'>): string {
  return `${attempt}.${completedAtMs ?? 0}`
}

/** Whether the end of a tree is news: all of it is over, and nobody was told. Pure. */
export function decideEnd({ strategy }: NotifyTerms, told: Told, root: RootEnd): boolean {
  if (strategy === 'silent' || root.openBelow || told.end === endOf(root)) return false
  if (root.state === 'cancelled') return root.errorCode !== 'cancelled'
  return root.state === 'completed' || root.state === 'failed'
}

/** Ends within this time of the last that was told wait for its end, and are told together. */
export const GATHER_MS = 5000

/** How long ends have to wait until they are told. Pure. */
export function endsWaitMs(lastToldMs: number | null, nowMs: number): number {
  if (lastToldMs === null) return 0
  const sinceMs = nowMs - lastToldMs
  return sinceMs < 0 ? 0 : Math.max(0, GATHER_MS - sinceMs)
}
