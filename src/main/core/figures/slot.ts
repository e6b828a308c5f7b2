/** Figures are kept by quarters of an hour: every time zone begins its days, and its hours, with one. */
export const SLOT_MS = 15 * 60 * 1000

/** Slots since 1970-01-01, UTC. */
export function slotOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS)
}

export function startOfSlot(slot: number): number {
  return slot * SLOT_MS
}
