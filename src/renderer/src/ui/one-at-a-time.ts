import { useState } from 'react'

/** Passes over what is asked for while the same still runs, as with Enter pressed twice. What runs tells its own failure. */
export function oneAtATime(): (run: () => Promise<void>) => void {
  let isRunning = false
  return (run) => {
    if (isRunning) return
    isRunning = true
    void run().finally(() => {
      isRunning = false
    })
  }
}

export function useOneAtATime(): (run: () => Promise<void>) => void {
  const [once] = useState(oneAtATime)
  return once
}
