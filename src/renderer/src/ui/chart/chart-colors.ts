import { useEffect, useState } from 'react'
import { useView } from '../../stores/view.js'

/** The colours of tokens as a canvas takes them: what `light-dark()` comes to where the page is. */
export function resolveColor(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Another text whenever colours may be others: by the theme of the program, or of the system. */
export function useColorStand(): string {
  const theme = useView((view) => view.theme)
  const [dark, setDark] = useState(() => DARK.matches)
  useEffect(() => {
    const hear = () => setDark(DARK.matches)
    DARK.addEventListener('change', hear)
    return () => DARK.removeEventListener('change', hear)
  }, [])
  return `${theme} ${dark}`
}

const DARK = window.matchMedia('(prefers-color-scheme: dark)')

/** Stripes, so that what they fill is told apart without its colour; `ratio`: device pixels per pixel. */
export function stripes(color: string, ratio: number): CanvasPattern | string {
  const size = Math.round(6 * ratio)
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const context = tile.getContext('2d')
  if (context === null) return color
  context.strokeStyle = color
  context.lineWidth = 2 * ratio
  for (const offset of [-size, 0, size]) {
    context.moveTo(offset, size)
    context.lineTo(offset + size, 0)
  }
  context.stroke()
  return context.createPattern(tile, 'repeat') ?? color
}
