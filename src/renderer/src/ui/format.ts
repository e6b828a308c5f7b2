import { currentText, useWords } from '../text/text.js'

/** `42s`, `2m 15s`, `1h 04m`. */
export function formatDuration(ms: number): string {
  const text = currentText().ui
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return text.seconds(seconds)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return text.minutes(minutes, String(seconds % 60).padStart(2, '0'))
  return text.hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'))
}

/** `just now`, `5m ago`, `3h ago`, then the date. */
export function formatAgo(at: number, now: number): string {
  const text = currentText().ui
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return text.justNow
  if (minutes < 60) return text.minutesAgo(minutes)
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? text.hoursAgo(hours) : formats().date.format(at)
}

type Formats = ReturnType<typeof formatsOf>

function formatsOf(locale: string) {
  const minute = { hour: '2-digit', minute: '2-digit' } as const
  return {
    locale,
    date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    clock: new Intl.DateTimeFormat(locale, minute),
    seconds: new Intl.DateTimeFormat(locale, { ...minute, second: '2-digit' }),
    day: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }),
    gigabytes: new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: 'gigabyte',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }),
  }
}

let made: Formats | null = null

/** Made once for a language: a formatter costs a hundred times what it takes to use it. */
function formats(): Formats {
  const { locale } = useWords.getState()
  if (made?.locale !== locale) made = formatsOf(locale)
  return made
}

export function formatClock(at: number): string {
  return formats().clock.format(at)
}

export function formatDay(at: number): string {
  return formats().day.format(at)
}

/** `14:05` on the day of `now`, else with its day. */
export function formatMoment(at: number, now: number): string {
  return withDay(formats().clock, at, now)
}

/** `14:05:09` on the day of `now`, else with its day. */
export function formatSecond(at: number, now: number): string {
  return withDay(formats().seconds, at, now)
}

/** `14:05:09 to 14:07:30`: when something began and ended, each day told once and that of `now` never. */
export function formatSpan(from: number, to: number, now: number): string {
  const { day, seconds } = formats()
  const sameDay = day.format(from) === day.format(to)
  const end = withDay(seconds, to, sameDay ? to : now)
  return currentText().ui.span(withDay(seconds, from, now), end)
}

function withDay(clock: Intl.DateTimeFormat, at: number, now: number): string {
  const { day } = formats()
  const on = day.format(at)
  return on === day.format(now) ? clock.format(at) : `${on}, ${clock.format(at)}`
}

/** `42 %`, which no line break parts. */
export function formatPercent(value: number): string {
  return `${Math.round(value)}\u00a0%`
}

const GIGABYTE = 1024 ** 3
/** `15.6 GB`, in the gigabytes of 1024³ bytes in which memory is sold. */
export function formatGigabytes(bytes: number): string {
  return formats().gigabytes.format(bytes / GIGABYTE)
}

/** The last part of a path, which is what people call a workspace. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
}

/** `1 task`, `3 tasks`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`
}
