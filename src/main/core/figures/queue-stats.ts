import type { QueueStats } from '../../../shared/model/queue.js'
import type { ReadDb } from '../store/database.js'
import {
  selectCauses,
  selectMachineFigures,
  selectTypeFigures,
  type TypeFigures,
} from '../store/queries/figures.js'
import { dayOf, startOfDay } from './end-figures.js'
import { highest } from './highest.js'

const HOUR_MS = 60 * 60 * 1000

/** The figures of the last `days` days (UTC), today included. */
export function queueStats(db: ReadDb, days: number, nowMs: number): QueueStats {
  const sinceDay = dayOf(nowMs) - days + 1
  const types = selectTypeFigures(db, sinceDay)
  const { busyMs, peakCpu, peakMemory } = selectMachineFigures(db, sinceDay)
  const sum = (name: SummedFigure) => types.reduce((total, type) => total + type[name], 0)
  const serialMs = sum('runningMs')
  return {
    since: startOfDay(sinceDay),
    until: nowMs,
    completed: sum('completed'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    throughputPerHour: busyMs === 0 ? null : (sum('completed') / busyMs) * HOUR_MS,
    runningTime: {
      serial: serialMs / 1000,
      busy: busyMs / 1000,
      saved: Math.max(0, serialMs - busyMs) / 1000,
    },
    meanWait: sum('started') === 0 ? null : sum('waitMs') / sum('started') / 1000,
    failures: selectCauses(db, sinceDay),
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
