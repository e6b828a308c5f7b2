import type { StatsBucket, StatsOverview } from '../../../shared/model/stats.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { MOST_STATS_DAYS } from '../../../shared/rpc/stats.js'
import type { ReadDb } from '../store/database.js'
import {
  type SlotSpan,
  type SpendingSums,
  selectCauses,
  selectEnds,
  selectMachineSlots,
  selectMachineSums,
  selectSpendingByAgent,
  selectSpendingSlots,
  selectTries,
  selectTypeFigures,
  selectUnpricedModels,
  selectWaits,
} from '../store/queries/figure-sums.js'
import { highest } from './highest.js'
import { LocalDays } from './local-days.js'
import { SLOT_MS, slotOf } from './slot.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const DEFAULT_DAYS = 7

export interface OverviewRequest {
  readonly days?: number | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly timezone: string
}

/** The same from somebody who means the time zone of the host. */
export type OverviewWish = Omit<OverviewRequest, 'timezone'> & {
  readonly timezone?: string | undefined
}

interface Span {
  readonly from: number
  readonly to: number
  readonly bucket: StatsOverview['bucket']
  readonly starts: readonly number[]
}

/** What happened in a span of time. @throws AppError `invalid_params` */
export function statsOverview(db: ReadDb, request: OverviewRequest, nowMs: number): StatsOverview {
  const span = spanOf(request, nowMs)
  const slots: SlotSpan = { from: slotOf(span.from), to: slotOf(span.to - 1) }
  const types = selectTypeFigures(db, slots)
  const sum = (name: 'completed' | 'failed' | 'cancelled' | 'started' | 'waitMs') =>
    types.reduce((total, type) => total + type[name], 0)
  const [completed, failed, cancelled] = [sum('completed'), sum('failed'), sum('cancelled')]
  const { busyMs, taskMs, mostRunning } = selectMachineSums(db, slots)
  const tries = new Map(selectTries(db, slots).map(({ what, count }) => [what, count]))
  const buckets = bucketsOf(db, span, slots)
  const byAgent = selectSpendingByAgent(db, slots)
  return {
    ...{ from: span.from, to: span.to, timezone: request.timezone, bucket: span.bucket, buckets },
    ended: {
      ...{ completed, failed, cancelled },
      successRate: completed + failed === 0 ? null : completed / (completed + failed),
      perHour: busyMs === 0 ? null : (completed / busyMs) * HOUR_MS,
    },
    time: {
      ...{ serial: taskMs / 1000, busy: busyMs / 1000, saved: (taskMs - busyMs) / 1000 },
      ...{ parallelism: busyMs === 0 ? null : taskMs / busyMs, mostRunning },
    },
    failures: selectCauses(db, slots),
    tries: {
      retries: tries.get('retry') ?? 0,
      corrections: tries.get('correction') ?? 0,
      mended: tries.get('mended') ?? 0,
    },
    waits: {
      meanToStart: sum('started') === 0 ? null : sum('waitMs') / sum('started') / 1000,
      byReason: selectWaits(db, slots).map(({ reason, waits, waitMs }) => {
        return { reason, waits, seconds: waitMs / 1000 }
      }),
    },
    byType: types.map((type) => ({
      ...{ type: type.type, completed: type.completed, failed: type.failed },
      ...{ cancelled: type.cancelled, runningTime: type.runningMs / 1000 },
    })),
    cost: {
      ...shown(byAgent.reduce<SpendingSums>(added, NOTHING)),
      byAgent: byAgent.map(({ agent, ...spent }) => ({ agent, ...shown(spent) })),
      unpricedModels: selectUnpricedModels(db, slots),
    },
  }
}

function spanOf({ days, from, to, timezone }: OverviewRequest, nowMs: number): Span {
  if (days !== undefined && (from !== undefined || to !== undefined)) {
    throw new AppError('invalid_params', 'days: cannot be given together with from and to')
  }
  const local = localDays(timezone)
  // What happens at this moment is part of it.
  const endMs = upToSlot(Math.max(to ?? nowMs + 1, 1))
  const startMs =
    from === undefined
      ? local.before(local.startOf(endMs - 1), (days ?? DEFAULT_DAYS) - 1)
      : Math.floor(from / SLOT_MS) * SLOT_MS
  if (startMs >= endMs) throw new AppError('invalid_params', 'from: must be before to')
  if (endMs - startMs > (MOST_STATS_DAYS + 1) * DAY_MS) {
    throw new AppError('invalid_params', `from: must be at most ${MOST_STATS_DAYS} days before to`)
  }
  const bucket = endMs - startMs <= 2 * DAY_MS + HOUR_MS ? 'hour' : 'day'
  const starts = [startMs]
  const next = (at: number) => (bucket === 'hour' ? at + HOUR_MS : local.next(local.startOf(at)))
  for (let at = next(startMs); at < endMs; at = next(at)) starts.push(at)
  return { from: startMs, to: endMs, bucket, starts }
}

function upToSlot(atMs: number): number {
  return Math.ceil(atMs / SLOT_MS) * SLOT_MS
}

function localDays(timezone: string): LocalDays {
  try {
    return new LocalDays(timezone)
  } catch (cause) {
    throw new AppError(
      'invalid_params',
      `timezone: ${JSON.stringify(timezone)} is not known; give an IANA name such as Asia/Taipei`,
      { cause },
    )
  }
}

/** Adds up slots into the hours or days that they belong to; the slots of each list come in order. */
function bucketsOf(db: ReadDb, { starts, to }: Span, slots: SlotSpan): StatsBucket[] {
  const buckets = starts.map((at): StatsBucket => ({ at, ...EMPTY, ...shown(NOTHING) }))
  const bucketAt = (slot: number): StatsBucket | undefined => {
    const atMs = slot * SLOT_MS
    if (atMs >= to) return undefined
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= atMs) low = middle
      else high = middle - 1
    }
    return buckets[low]
  }
  for (const { slot, completed, failed, cancelled } of selectEnds(db, slots)) {
    const bucket = bucketAt(slot)
    if (bucket === undefined) continue
    bucket.completed += completed
    bucket.failed += failed
    bucket.cancelled += cancelled
  }
  for (const { slot, ...machine } of selectMachineSlots(db, slots)) {
    const bucket = bucketAt(slot)
    if (bucket === undefined) continue
    bucket.busy += machine.busyMs / 1000
    bucket.serial += machine.taskMs / 1000
    bucket.mostRunning = Math.max(bucket.mostRunning, machine.mostRunning)
    bucket.peakCpu = highest(bucket.peakCpu, machine.peakCpu)
    bucket.peakMemory = highest(bucket.peakMemory, machine.peakMemory)
  }
  for (const { slot, ...spent } of selectSpendingSlots(db, slots)) {
    const bucket = bucketAt(slot)
    if (bucket === undefined) continue
    bucket.turns += spent.turns
    bucket.tokens += spent.tokens
    bucket.costUsd += spent.costMicroUsd / 1e6
    bucket.unpricedTokens += spent.unpricedTokens
  }
  return buckets
}

const EMPTY = {
  ...{ completed: 0, failed: 0, cancelled: 0, serial: 0, busy: 0, mostRunning: 0 },
  ...{ peakCpu: null, peakMemory: null },
}
const NOTHING: SpendingSums = { turns: 0, tokens: 0, costMicroUsd: 0, unpricedTokens: 0 }

function added(one: SpendingSums, other: SpendingSums): SpendingSums {
  return {
    turns: one.turns + other.turns,
    tokens: one.tokens + other.tokens,
    costMicroUsd: one.costMicroUsd + other.costMicroUsd,
    unpricedTokens: one.unpricedTokens + other.unpricedTokens,
  }
}

function shown({ costMicroUsd, ...rest }: SpendingSums) {
  return { ...rest, costUsd: costMicroUsd / 1e6 }
}
