import { EventEmitter } from 'node:events'
import type { PowerSaveBlocker } from 'electron'

const started = new Set<number>()
let nextId = 1

export const powerSaveBlocker: PowerSaveBlocker = {
  start: () => {
    started.add(nextId)
    return nextId++
  },
  stop: (id) => started.delete(id),
  isStarted: (id) => started.has(id),
}

/** Whether anything keeps the machine awake. */
export const isKeptAwake = (): boolean => started.size > 0

export const powerMonitor = new EventEmitter()
