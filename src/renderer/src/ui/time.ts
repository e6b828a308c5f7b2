import { useSyncExternalStore } from 'react'
import { useConnection } from '../stores/connection.js'

const SECOND_MS = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let now = Date.now()
let stopWatching: (() => void) | null = null

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/**
 * One timer for everything that ticks. It rests while nobody looks, and while the host is away:
 * then nobody knows whether what was running still is.
 */
function update(): void {
  const live = useConnection.getState().phase.name === 'ready'
  const wanted = live && listeners.size > 0 && !document.hidden
  if (wanted && timer === null) {
    timer = setInterval(tick, SECOND_MS)
    tick()
  } else if (!wanted && timer !== null) {
    clearInterval(timer)
    timer = null
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    document.addEventListener('visibilitychange', update)
    stopWatching = useConnection.subscribe(update)
  }
  listeners.add(listener)
  queueMicrotask(update)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      document.removeEventListener('visibilitychange', update)
      stopWatching?.()
    }
    update()
  }
}

/** The host's time in epoch ms, anew each second; 0 for somebody who does not need it now. */
export function useNow(wanted = true): number {
  const ahead = useConnection((state) => state.clockAheadMs)
  const at = useSyncExternalStore(wanted ? subscribe : notAtAll, () => (wanted ? now : 0))
  return wanted ? at + ahead : 0
}

function notAtAll(): () => void {
  return () => undefined
}
