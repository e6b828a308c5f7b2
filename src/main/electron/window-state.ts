import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const size = z.number().int().min(1).max(100_000)
const place = z.number().int().min(-100_000).max(100_000)

const WindowState = z.object({
  /** Null: the system chooses. */
  position: z.object({ x: place, y: place }).nullable(),
  width: size,
  height: size,
  maximized: z.boolean(),
})
/** Device-independent pixels. */
export type WindowState = z.infer<typeof WindowState>

export const MIN_WIDTH = 560
export const MIN_HEIGHT = 420
const DEFAULT_STATE: WindowState = { position: null, width: 1280, height: 840, maximized: false }
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
  const wanted = { ...state, width: Math.max(MIN_WIDTH, state.width) }
  const home = workAreas.find((area) => holds(area, wanted))
  const room = home ?? workAreas[0] ?? state
  return {
    position: home === undefined ? null : state.position,
    width: Math.max(MIN_WIDTH, Math.min(state.width, room.width)),
    height: Math.max(MIN_HEIGHT, Math.min(state.height, room.height)),
    maximized: state.maximized,
  }
}

/** Whether enough of the title bar lies on the screen. */
function holds(area: Rectangle, { position, width }: WindowState): boolean {
  if (position === null) return false
  const { x, y } = position
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return shown >= GRIP && y >= area.y && y <= area.y + area.height - GRIP
}
