import { type RefObject, useEffect, useRef, useState } from 'react'
import type { VListHandle } from 'virtua'

/** This close to the end, in px, counts as being there. */
const AT_END = 24

export interface FollowEnd {
  readonly list: RefObject<VListHandle | null>
  readonly following: boolean
  /** For the list's `onScroll`. */
  scrolled(offset: number): void
  /** For the list's `onResize`, and whenever content was added. */
  keepUp(): void
  /** Follows again, from wherever the reader is. */
  jump(): void
}

/**
 * Keeps a growing list at its end until the reader scrolls up, and takes it up again when the
 * reader is back at the end. Growth alone never ends it: only a smaller offset does.
 */
export function useFollowEnd(count: number): FollowEnd {
  const list = useRef<VListHandle>(null)
  const active = useRef(true)
  const lastOffset = useRef(0)
  const [following, setFollowing] = useState(true)

  const set = (next: boolean) => {
    active.current = next
    setFollowing(next)
  }
  const keepUp = () => {
    if (active.current) list.current?.scrollToIndex(count - 1, { align: 'end' })
  }
  // Runs after every render, since any of them may have made the content longer.
  useEffect(keepUp)

  return {
    list,
    following,
    keepUp,
    scrolled(offset) {
      const handle = list.current
      if (handle === null) return
      const up = offset < lastOffset.current
      lastOffset.current = offset
      if (offset + handle.viewportSize >= handle.scrollSize - AT_END) set(true)
      else if (up) set(false)
    },
    jump() {
      set(true)
      keepUp()
    },
  }
}
