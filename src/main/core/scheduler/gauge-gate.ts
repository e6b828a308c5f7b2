/** How far a gauge must fall below its threshold before starts are allowed again, in percent points. */
export const HYSTERESIS = 5

/**
 * Whether one gauge lets tasks start. Closed above the threshold; open again once it has fallen
 * `HYSTERESIS` points below. A threshold of 100 and a gauge without a reading hold back nothing.
 */
export function nextGate(
  closed: boolean,
  reading: number | null,
  thresholdPercent: number,
): boolean {
  if (thresholdPercent >= 100 || reading === null) return false
  if (closed) return reading > thresholdPercent - HYSTERESIS
  return reading > thresholdPercent
}
