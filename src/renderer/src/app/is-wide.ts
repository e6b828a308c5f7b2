import { useSyncExternalStore } from 'react'

const WIDE = '(min-width: 56rem)'

export function isWideNow(): boolean {
  return matchMedia(WIDE).matches
}

/** Whether the window has room for panes side by side. */
export function useIsWide(): boolean {
  return useSyncExternalStore((changed) => {
    const query = matchMedia(WIDE)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, isWideNow)
}
