const UNITS: ReadonlyArray<readonly [seconds: number, unit: string]> = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
]

/** The two largest units of a span in seconds: `45s`, `2m 15s`, `1h 5m`; zero parts are left out. */
export function formatDuration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds))
  const largest = UNITS.findIndex(([size]) => rest >= size)
  if (largest === -1) return '0s'
  const parts: string[] = []
  for (const [size, unit] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.join(' ')
}

/** How long ago, in the largest unit: `3m ago`; `just now` within the last second. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - atMs) / 1000)
  const unit = UNITS.find(([size]) => seconds >= size)
  return unit === undefined ? 'just now' : `${Math.floor(seconds / unit[0])}${unit[1]} ago`
}

/** Day and time on the user's clock, `2027-01-31 09:04`. */
export function formatDateTime(atMs: number): string {
  const time = new Date(atMs)
  const day = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${time.getFullYear()}-${day.join('-')} ${formatTimeOfDay(atMs).slice(0, 5)}`
}

/** When something is to come: `2027-01-31 09:04 (in 2h 5m)`. */
export function formatComing(atMs: number, nowMs: number): string {
  const left = (atMs - nowMs) / 1000
  return `${formatDateTime(atMs)} (${left < 1 ? 'now' : `in ${formatDuration(left)}`})`
}

/** The time of day on the user's clock, `09:04:32`. */
export function formatTimeOfDay(atMs: number): string {
  const time = new Date(atMs)
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
