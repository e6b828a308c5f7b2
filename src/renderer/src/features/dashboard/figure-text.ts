import { useMemo } from 'react'
import { useWords } from '../../text/text.js'

/** Figures as the person's language writes them. */
export interface FigureText {
  /** `1,234` or `1.5`. */
  number(value: number, digits?: number): string
  /** `83 %` of a part of 1. */
  percent(part: number): string
  /** `$1.20`; less than a cent is told as such, not as nothing. */
  money(dollars: number): string
  /** The two largest units of a span in seconds: `2h 15m`. */
  duration(seconds: number): string
  /** The beginning of an hour or a day, in the time zone of the figures. */
  moment(at: number): string
}

const UNITS: ReadonlyArray<readonly [unit: 'day' | 'hour' | 'minute' | 'second', seconds: number]> =
  [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ]

export function figureText(locale: string, timezone: string, bucket: 'hour' | 'day'): FigureText {
  const formats = [0, 1].map(
    (digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  )
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const units = new Map(
    UNITS.map(([unit]) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
    ]),
  )
  const moment = new Intl.DateTimeFormat(
    locale,
    bucket === 'hour'
      ? { timeZone: timezone, hour: '2-digit', minute: '2-digit' }
      : { timeZone: timezone, day: 'numeric', month: 'short' },
  )
  return {
    number: (value, digits = 0) => (formats[digits] ?? formats[0])?.format(value) ?? '',
    percent: (part) => percent.format(part),
    money: (dollars) =>
      dollars > 0 && dollars < 0.01 ? `< ${money.format(0.01)}` : money.format(dollars),
    duration: (seconds) =>
      durationOf(seconds, (unit, value) => units.get(unit)?.format(value) ?? ''),
    moment: (at) => moment.format(at),
  }
}

function durationOf(
  seconds: number,
  write: (unit: (typeof UNITS)[number][0], value: number) => string,
): string {
  let rest = Math.max(0, Math.round(seconds))
  const largest = UNITS.findIndex(([, size]) => rest >= size)
  if (largest === -1) return write('second', 0)
  const parts: string[] = []
  for (const [unit, size] of UNITS.slice(largest, largest + 2)) {
    const value = Math.floor(rest / size)
    rest -= value * size
    if (value > 0) parts.push(write(unit, value))
  }
  return parts.join(' ')
}

export function useFigureText(timezone: string, bucket: 'hour' | 'day'): FigureText {
  const locale = useWords((words) => words.locale)
  return useMemo(() => figureText(locale, timezone, bucket), [locale, timezone, bucket])
}
