/**
 * Puts the focus on the first of these that is there, once what was asked for is on screen. Whoever has
 * gone elsewhere meanwhile stays there.
 */
export function focusWhenFree(...selectors: readonly string[]): void {
  // A list puts its rows in one frame after it has measured itself.
  const afterRows = (run: () => void) => requestAnimationFrame(() => requestAnimationFrame(run))
  afterRows(() => {
    if (document.activeElement !== document.body) return
    for (const selector of selectors) {
      const element = document.querySelector<HTMLElement>(selector)
      if (element === null) continue
      element.focus()
      return
    }
  })
}
