/** `42s`, `2m 15s`, `1h 04m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`
}

/** `just now`, `5m ago`, `3h ago`, then the date. */
export function formatAgo(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes}m ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours}h ago`
  return new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
}

/** Made once: a formatter costs a hundred times what it takes to use it. */
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

export function formatClock(at: number): string {
  return CLOCK.format(at)
}

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })

/** `14:05` on the day of `now`, else with its day. */
export function formatMoment(at: number, now: number): string {
  return withDay(CLOCK, at, now)
}

const CLOCK_WITH_SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `14:05:09` on the day of `now`, else with its day. */
export function formatSecond(at: number, now: number): string {
  return withDay(CLOCK_WITH_SECONDS, at, now)
}

/** `14:05:09 to 14:07:30`: when something began and ended, each day told once and that of `now` never. */
export function formatSpan(from: number, to: number, now: number): string {
  const sameDay = DAY.format(from) === DAY.format(to)
  const end = withDay(CLOCK_WITH_SECONDS, to, sameDay ? to : now)
  return `${withDay(CLOCK_WITH_SECONDS, from, now)} to ${end}`
}

function withDay(clock: Intl.DateTimeFormat, at: number, now: number): string {
  const day = DAY.format(at)
  return day === DAY.format(now) ? clock.format(at) : `${day}, ${clock.format(at)}`
}

/** `42 %`, which no line break parts. */
export function formatPercent(value: number): string {
  return `${Math.round(value)}\u00a0%`
}

const GIGABYTE = 1024 ** 3
const GIGABYTES = new Intl.NumberFormat(undefined, {
  style: 'unit',
  unit: 'gigabyte',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** `15.6 GB`, in the gigabytes of 1024³ bytes in which memory is sold. */
export function formatGigabytes(bytes: number): string {
  return GIGABYTES.format(bytes / GIGABYTE)
}

/** The last part of a path, which is what people call a workspace. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
}

/** `1 task`, `3 tasks`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`
}
