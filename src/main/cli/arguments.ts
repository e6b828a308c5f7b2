import { InvalidArgumentError } from 'commander'
import { Budget } from '../../shared/model/budget.js'
import { ResourceLimits } from '../../shared/model/queue.js'

const SECOND_MS = 1000
const MEGABYTE = 1024 * 1024

/** A parser for whole numbers between two bounds, both included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
    }
    return value
  }
}

/** Seconds, fractions allowed, as whole milliseconds. */
export function secondsAsMs(text: string): number {
  const milliseconds = Math.round(Number(text) * SECOND_MS)
  if (!/^\d*\.?\d+$/.test(text) || milliseconds < 1) {
    throw new InvalidArgumentError('It must be a number of seconds above 0.')
  }
  return milliseconds
}

/**
 * An instant as epoch ms: a number is that already, anything else is ISO 8601; without a zone it
 * means the user's.
 */
export function instant(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const atMs = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs)) {
    throw new InvalidArgumentError('It must be a time like 2027-01-31T09:30 or epoch milliseconds.')
  }
  return atMs
}

/** For an option that may be given more than once. */
export function collect(text: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), text]
}

/** Megabytes, fractions allowed, as whole bytes. */
export function megabytesAsBytes(text: string): number {
  const bytes = Math.round(Number(text) * MEGABYTE)
  if (!/^\d*\.?\d+$/.test(text) || bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError('It must be a number of megabytes above 0.')
  }
  return bytes
}

/** `KEY=VALUE`, several divided by commas or given one after the other, as a budget. */
export function budgetAssignment(text: string, previous: Budget | undefined): Budget {
  const known = Object.keys(Budget.shape)
  let budget: Budget = { ...previous }
  for (const assignment of text.split(',')) {
    const [key = '', value, ...rest] = assignment.trim().split('=')
    if (!known.includes(key) || value === undefined || rest.length > 0) {
      throw new InvalidArgumentError(`It must be KEY=VALUE with a KEY out of ${known.join(', ')}.`)
    }
    budget = { ...budget, [key]: value.trim() === '' ? Number.NaN : Number(value) }
    if (!Budget.safeParse(budget).success) {
      const kind = key === 'costUsd' ? 'a number of US dollars above 0' : 'a whole number above 0'
      throw new InvalidArgumentError(`${key} must be ${kind}.`)
    }
  }
  return budget
}

/** `KEY=VALUE`, any number of them, as a partial set of limits. */
export function limitAssignment(
  text: string,
  previous: Partial<ResourceLimits> | undefined,
): Partial<ResourceLimits> {
  const [key = '', value, ...rest] = text.split('=')
  const known = Object.keys(ResourceLimits.shape)
  if (!known.includes(key) || value === undefined || rest.length > 0) {
    throw new InvalidArgumentError(`It must be KEY=VALUE with a KEY out of ${known.join(', ')}.`)
  }
  const limits = { ...previous, [key]: value.trim() === '' ? Number.NaN : Number(value) }
  const parsed = ResourceLimits.partial().safeParse(limits)
  if (!parsed.success) {
    const { min, max } = key.endsWith('Threshold') ? { min: 1, max: 100 } : { min: 1, max: 1000 }
    throw new InvalidArgumentError(`${key} must be a number from ${min} to ${max}.`)
  }
  return limits
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** `90s`, `15m`, `2h`, `1h30m` or a number of seconds, as seconds of at most `max`. */
export function spanAsSeconds(max: number): (text: string) => number {
  return (text) => {
    const isSpan = /^(?:\d+(?:\.\d+)?|(?:\d+(?:\.\d+)?[smhd])+)$/.test(text)
    const parts = text.matchAll(/([\d.]+)([smhd]?)/g)
    let seconds = 0
    for (const [, count, unit] of isSpan ? parts : []) {
      seconds += Number(count) * UNIT_SECONDS[(unit || 's') as keyof typeof UNIT_SECONDS]
    }
    if (!(seconds > 0 && seconds <= max)) {
      throw new InvalidArgumentError(
        `It must be a time such as 90s, 15m or 2h, of at most ${max / UNIT_SECONDS.d} days.`,
      )
    }
    return seconds
  }
}

/** Names divided by commas, none of them where there is no text; may be given more than once. */
export function collectNames(text: string, previous: readonly string[] | undefined): string[] {
  const names = text.trim() === '' ? [] : text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('It must be names divided by commas.')
  return [...(previous ?? []), ...names]
}

export interface CronEvent {
  readonly cron: string
  readonly event?: string
}

/** `CRON` or `CRON@EVENT`; a rule may itself begin with an `@`, like `@daily`. */
export function collectWakeRules(
  text: string,
  previous: readonly CronEvent[] | undefined,
): CronEvent[] {
  const at = text.lastIndexOf('@')
  const rule =
    at > 0
      ? { cron: text.slice(0, at).trim(), event: text.slice(at + 1).trim() }
      : { cron: text.trim() }
  if (rule.cron === '' || rule.event === '') {
    throw new InvalidArgumentError('It must be CRON or CRON@EVENT, such as "0 9 * * *@morning".')
  }
  return [...(previous ?? []), rule]
}

/** A number above 0, fractions allowed. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!/^\d*\.?\d+$/.test(text) || value <= 0) {
    throw new InvalidArgumentError('It must be a number above 0.')
  }
  return value
}

export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidArgumentError('It must be JSON, such as {"branch": "main"} or "text".')
  }
}
