import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const size = z.number().int().min(1).max(100_000)
const place = z.number().int().min(-100_000).max(100_000)

const WindowState = z.object({
  x: place.optional(),
  y: place.optional(),
  width: size,
  height: size,
  maximized: z.boolean(),
})
/** Device-independent pixels. Without a place the system chooses one. */
export type WindowState = z.infer<typeof WindowState>

export const MIN_WIDTH = 560
export const MIN_HEIGHT = 420
const DEFAULT_STATE: WindowState = { width: 1280, height: 840, maximized: false }
/** How much of a window must be on a screen to be taken hold of. */
const GRIP = 80

/** What was saved last; the default where nothing usable was. */
export function readWindowState(file: string): WindowState {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Never saved, or damaged: losing a window's place is no reason to complain.
    return DEFAULT_STATE
  }
}

/** @throws when the file cannot be written */
export function saveWindowState(file: string, state: WindowState): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const temporary = `${file}.new`
  writeFileSync(temporary, JSON.stringify(state))
  renameSync(temporary, file)
}

/** Shrinks a state to the screens at hand and forgets a place that is on none of them. */
export function fitToScreens(state: WindowState, workAreas: readonly Rectangle[]): WindowState {
  const { x, y, maximized } = state
  const home = workAreas.find(
    (area) => x !== undefined && y !== undefined && holds(area, x, y, state),
  )
  const room = home ?? workAreas[0]
  const width = Math.max(MIN_WIDTH, Math.min(state.width, room?.width ?? state.width))
  const height = Math.max(MIN_HEIGHT, Math.min(state.height, room?.height ?? state.height))
  if (home === undefined || x === undefined || y === undefined) return { width, height, maximized }
  return { x, y, width, height, maximized }
}

/** Whether enough of the title bar lies on the screen. */
function holds(area: Rectangle, x: number, y: number, { width }: WindowState): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return shown >= GRIP && y >= area.y && y <= area.y + area.height - GRIP
}
