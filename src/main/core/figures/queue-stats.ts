import type { QueueStats } from '../../../shared/model/queue.js'
import type { ReadDb } from '../store/database.js'
import {
  selectCauses,
  selectMachineSums,
  selectTypeFigures,
  type TypeFigures,
} from '../store/queries/figure-sums.js'
import { highest } from './highest.js'
import { slotOf, startOfSlot } from './slot.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** The figures of the last `days` days (UTC), today included. */
export function queueStats(db: ReadDb, days: number, nowMs: number): QueueStats {
  const sinceDay = Math.floor(nowMs / DAY_MS) - days + 1
  const span = { from: slotOf(sinceDay * DAY_MS), to: slotOf(nowMs) }
  const types = selectTypeFigures(db, span)
  const { busyMs, taskMs, peakCpu, peakMemory } = selectMachineSums(db, span)
  const sum = (name: SummedFigure) => types.reduce((total, type) => total + type[name], 0)
  return {
    since: startOfSlot(span.from),
    until: nowMs,
    completed: sum('completed'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    throughputPerHour: busyMs === 0 ? null : (sum('completed') / busyMs) * HOUR_MS,
    runningTime: {
      serial: taskMs / 1000,
      busy: busyMs / 1000,
      saved: (taskMs - busyMs) / 1000,
    },
    meanWait: sum('started') === 0 ? null : sum('waitMs') / sum('started') / 1000,
    failures: selectCauses(db, span),
    byType: types.map((type) => ({
      type: type.type,
      completed: type.completed,
      failed: type.failed,
      cancelled: type.cancelled,
      runningTime: type.runningMs / 1000,
    })),
    usage: {
      tokens: sum('tokens'),
      costUsd: sum('costMicroUsd') / 1e6,
      unpricedTokens: sum('unpricedTokens'),
    },
    peak: {
      cpu: peakCpu,
      memory: peakMemory,
      taskMemoryBytes: highest(...types.map(({ peakMemory: bytes }) => bytes)),
      taskCpuPercent: highest(...types.map(({ peakCpu: percent }) => percent)),
    },
  }
}

type SummedFigure = Exclude<keyof TypeFigures, 'type' | 'peakMemory' | 'peakCpu'>
