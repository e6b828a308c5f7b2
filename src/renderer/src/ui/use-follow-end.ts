import { type RefObject, useEffect, useRef, useState } from 'react'
import type { VListHandle } from 'virtua'

/** This close to the end, in px, counts as being there. */
const AT_END = 24

export interface FollowEnd {
  readonly list: RefObject<VListHandle | null>
  readonly following: boolean
  /** For the list's `onScroll`. Answers whether the list follows its end now. */
  scrolled(offset: number): boolean
  /** For the list's `onResize`, and whenever content was added. */
  keepUp(): void
  /** Follows again, from wherever the reader is. */
  jump(): void
  /** Leaves the end for an item, which comes into the middle of what is seen. */
  goTo(index: number): void
}

function isAtEnd({ scrollOffset, viewportSize, scrollSize }: VListHandle): boolean {
  return scrollOffset + viewportSize >= scrollSize - AT_END
}

/** Where a list begins instead of at its end: an item, and how much of it is above, in px. */
export interface StartPlace {
  readonly index: number
  readonly above: number
}

/**
 * Keeps a growing list at its end until the reader scrolls up, and takes it up again when the
 * reader is back at the end. Growth alone never ends it: only a smaller offset does. A list whose
 * end is not that of the whole (`isWhole` false) is read on, not followed.
 */
export function useFollowEnd(
  count: number,
  start: StartPlace | null = null,
  isWhole = true,
): FollowEnd {
  const list = useRef<VListHandle>(null)
  const active = useRef(start === null)
  const lastOffset = useRef(0)
  const [following, setFollowing] = useState(start === null)
  const place = useRef(start)

  const set = (next: boolean) => {
    active.current = next
    setFollowing(next)
  }
  const keepUp = () => {
    if (active.current) list.current?.scrollToIndex(count - 1, { align: 'end' })
  }
  useEffect(() => {
    if (place.current === null) return
    const { index, above } = place.current
    place.current = null
    list.current?.scrollToIndex(index, { align: 'start', offset: above })
  }, [])
  const wasWhole = useRef(isWhole)
  useEffect(() => {
    const isNow = isWhole && !wasWhole.current
    wasWhole.current = isWhole
    if (!isNow || list.current === null || !isAtEnd(list.current)) return
    active.current = true
    setFollowing(true)
  }, [isWhole])
  // Runs after every render, since any of them may have made the content longer.
  useEffect(keepUp)

  return {
    list,
    following,
    keepUp,
    scrolled(offset) {
      const handle = list.current
      if (handle === null) return active.current
      const up = offset < lastOffset.current
      lastOffset.current = offset
      if (isAtEnd(handle)) set(isWhole)
      else if (up) set(false)
      return active.current
    },
    jump() {
      set(true)
      keepUp()
    },
    goTo(index) {
      set(false)
      list.current?.scrollToIndex(index, { align: 'center' })
    },
  }
}
