import type { KeyboardEvent } from 'react'

/** Arrow keys, Home and End move between the elements marked `data-row` of a list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.target instanceof HTMLInputElement) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const current =
    document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1
  const next = rows[targetOf(event.key, current, rows.length)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

function targetOf(key: string, current: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return current + 1
    case 'ArrowUp':
      return current - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}
