import { useSyncExternalStore } from 'react'
import { useConnection } from '../stores/connection.js'

const SECOND_MS = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let now = Date.now()

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** One timer for everything that ticks; it rests while nobody looks. */
function update(): void {
  const wanted = listeners.size > 0 && !document.hidden
  if (wanted && timer === null) {
    timer = setInterval(tick, SECOND_MS)
    tick()
  } else if (!wanted && timer !== null) {
    clearInterval(timer)
    timer = null
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', update)
  listeners.add(listener)
  queueMicrotask(update)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) document.removeEventListener('visibilitychange', update)
    update()
  }
}

/** The host's time in epoch ms, anew each second. */
export function useNow(): number {
  const ahead = useConnection((state) => state.clockAheadMs)
  return useSyncExternalStore(subscribe, () => now) + ahead
}
