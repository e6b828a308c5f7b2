import type { Clock, Timer } from '../../core/ports.js'

/** The longest delay that Node's timers take; beyond it they fire at once. */
const MAX_DELAY_MS = 2_147_483_647

/** The time of the machine. Delays may be of any length. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    schedule(delayMs, callback): Timer {
      if (delayMs <= 0) return soon(callback)
      let left = Math.max(0, delayMs)
      let timer: NodeJS.Timeout
      const arm = () => {
        const stretch = Math.min(left, MAX_DELAY_MS)
        left -= stretch
        timer = setTimeout(() => (left > 0 ? arm() : callback()), stretch)
      }
      arm()
      return { cancel: () => clearTimeout(timer) }
    },
  }
}

/** In this turn of the event loop; a timer of 0 ms would take at least one. */
function soon(callback: () => void): Timer {
  const immediate = setImmediate(callback)
  return { cancel: () => clearImmediate(immediate) }
}
