import { useEffect, useRef, useState } from 'react'

/** A value that changes at most once in `paceMs`; the last one is never left out. */
export function usePaced(value: number, paceMs: number): number {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  latest.current = value
  const isBehind = value !== shown
  useEffect(() => {
    if (!isBehind) return
    const timer = setTimeout(() => setShown(latest.current), paceMs)
    return () => clearTimeout(timer)
  }, [isBehind, paceMs])
  return shown
}
