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

/** How long something took: `under 1s`, else its duration. */
export function formatSpent(ms: number): string {
  return ms < 1000 ? currentText().ui.underSecond : formatDuration(ms)
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
  const second = { ...minute, second: '2-digit' } as const
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  return {
    locale,
    date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    day: new Intl.DateTimeFormat(locale, day),
    clock: new Intl.DateTimeFormat(locale, minute),
    clockWithDay: new Intl.DateTimeFormat(locale, { ...day, ...minute }),
    seconds: new Intl.DateTimeFormat(locale, second),
    secondsWithDay: new Intl.DateTimeFormat(locale, { ...day, ...second }),
    number: new Intl.NumberFormat(locale),
    anyOf: new Intl.ListFormat(locale, { type: 'disjunction' }),
    list: new Intl.ListFormat(locale),
    milliseconds: unitFormat(locale, 'millisecond', { unitDisplay: 'narrow' }),
    megabytes: unitFormat(locale, 'megabyte', { maximumFractionDigits: 0 }),
    gigabytes: unitFormat(locale, 'gigabyte', {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }),
    cents: moneyFormat(locale, 4),
    millionths: moneyFormat(locale, 6),
  }
}

function unitFormat(locale: string, unit: string, options: Intl.NumberFormatOptions) {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, ...options })
}

function moneyFormat(locale: string, digits: number) {
  const fraction = { minimumFractionDigits: 2, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', ...fraction })
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
  const { clock, clockWithDay } = formats()
  return (isSameDay(at, now) ? clock : clockWithDay).format(at)
}

/** `14:05:09` on the day of `now`, else with its day. */
export function formatSecond(at: number, now: number): string {
  const { seconds, secondsWithDay } = formats()
  return (isSameDay(at, now) ? seconds : secondsWithDay).format(at)
}

/** `14:05:09 to 14:07:30`: when something began and ended, each day told once and that of `now` never. */
export function formatSpan(from: number, to: number, now: number): string {
  const end = formatSecond(to, isSameDay(from, to) ? to : now)
  return currentText().ui.span(formatSecond(from, now), end)
}

function isSameDay(at: number, now: number): boolean {
  const { day } = formats()
  return day.format(at) === day.format(now)
}

/** `a, b, or c`. */
export function anyOf(names: readonly string[]): string {
  return formats().anyOf.format(names)
}

/** `42 %`, which no line break parts. */
export function formatPercent(value: number): string {
  return `${Math.round(value)}\u00a0%`
}

/** `1,234`. */
export function formatNumber(value: number): string {
  return formats().number.format(value)
}

/** `a, b, and c`. */
export function formatList(items: readonly string[]): string {
  return formats().list.format(items)
}

/** `500ms`, of spans that are shorter than a second. */
export function formatMilliseconds(ms: number): string {
  return formats().milliseconds.format(ms)
}

/** `$0.50`: cents, and as many digits more as small sums need. */
export function formatDollars(sum: number): string {
  const { cents, millionths } = formats()
  return (sum < 0.01 ? millionths : cents).format(sum)
}

const MEGABYTE = 1024 ** 2
/** `512 MB`, in megabytes of 1024² bytes. */
export function formatMegabytes(bytes: number): string {
  return formats().megabytes.format(bytes / MEGABYTE)
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
