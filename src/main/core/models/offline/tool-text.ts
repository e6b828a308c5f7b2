import type { Outcome } from './routine.js'

/**
 * The one place that knows how the results of tools read as text. Everything is tolerant: a line that
 * does not fit is passed over, and what is missing stays unknown instead of being guessed.
 */

export interface ListedFile {
  readonly path: string
  readonly bytes: number
  /** Null when it was not counted. */
  readonly lines: number | null
  readonly binary: boolean
}

/** Figures of all files of one file name ending, whether they are listed one by one or not. */
export interface EndingTotals {
  readonly ending: string
  readonly files: number
  readonly bytes: number
  readonly lines: number
}

export interface Listing {
  readonly files: readonly ListedFile[]
  readonly directories: readonly string[]
  readonly endings: readonly EndingTotals[]
  /** Of everything that was found, also what is not listed. */
  readonly totals: { readonly files: number; readonly bytes: number; readonly lines: number }
  /** The remark on what was left out, in the tool's words; null when everything is there. */
  readonly cut: string | null
}

const LEFT_OUT = /^\[left out to save room\b|\[… \d+ bytes left out …\]/m

export function parseListing(text: string): Listing {
  const files: ListedFile[] = []
  const directories: string[] = []
  const endings: EndingTotals[] = []
  let closing = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      const ending = endingOf(line)
      if (ending === null) closing = line
      else endings.push(ending)
      continue
    }
    const fields = line.split('\t')
    const path = unquoted(fields.slice(0, -2).join('\t')).replace(/\/+$/, '')
    const [bytes = '', counted = ''] = fields.slice(-2).map((field) => field.trim())
    if (fields.length < 3 || path === '' || !/^\d+$/.test(bytes)) continue
    if (counted === 'dir') directories.push(path)
    else {
      const lines = /^\d+$/.test(counted) ? Number(counted) : null
      files.push({ path, bytes: Number(bytes), lines, binary: counted === 'binary' })
    }
  }
  return {
    files,
    directories,
    endings,
    totals: totalsOf(closing, files),
    cut: cutRemark(closing) ?? leftOut(text),
  }
}

function endingOf(line: string): EndingTotals | null {
  const match = /^#\t(.+)\t(\d+) files?\t(\d+) bytes?\t(\d+) lines?$/.exec(line)
  if (match === null) return null
  const [, ending = '', files, bytes, lines] = match
  return {
    ending: unquoted(ending),
    files: Number(files),
    bytes: Number(bytes),
    lines: Number(lines),
  }
}

function totalsOf(closing: string, files: readonly ListedFile[]): Listing['totals'] {
  const figure = (name: string) => new RegExp(`(\\d+) ${name}`).exec(closing)?.[1]
  const sum = (of: (file: ListedFile) => number) => files.reduce((all, file) => all + of(file), 0)
  return {
    files: Number(figure('files?') ?? files.length),
    bytes: Number(figure('bytes?') ?? sum((file) => file.bytes)),
    lines: Number(figure('lines?') ?? sum((file) => file.lines ?? 0)),
  }
}

/** `# 3 files, …; cut: 1 of 3 entries shown; …` has its remarks after the first semicolon. */
function cutRemark(closing: string): string | null {
  const remarks = closing
    .split(';')
    .slice(1)
    .map((remark) => remark.trim())
    .filter((remark) => /\b(?:cut|truncated|ended early|limit|not counted)\b/i.test(remark))
  return remarks.length === 0 ? null : remarks.join('; ')
}

function leftOut(text: string): string | null {
  return LEFT_OUT.test(text) ? 'the middle of the result was left out by its size limit' : null
}

export interface FoundLine {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly text: string
}

export interface SearchHits {
  readonly hits: readonly FoundLine[]
  /** All matches, also those that are not shown. */
  readonly total: number
  /** Files with a match. */
  readonly files: number
  readonly cut: string | null
}

export function parseSearch(text: string): SearchHits {
  const hits: FoundLine[] = []
  let closing = ''
  for (const row of text.split('\n')) {
    if (/^# /.test(row)) {
      closing = row
      continue
    }
    const match = /^(.+?):(\d+): ?(.*)$/.exec(row)
    if (match === null) continue
    const [, path = '', line, content = ''] = match
    hits.push({ path: unquoted(path), line: Number(line), text: content })
  }
  const total = /(\d+) match(?:es)?\b/.exec(closing)?.[1]
  const files = /\bin (\d+) files?\b/.exec(closing)?.[1]
  return {
    hits,
    total: Math.max(hits.length, Number(total ?? 0)),
    files: Number(files ?? new Set(hits.map((hit) => hit.path)).size),
    cut: cutRemark(closing) ?? leftOut(text),
  }
}

export interface FileText {
  readonly text: string
  readonly cut: boolean
}

/** Without the header and the remark on how to go on. */
export function parseFileText(text: string): FileText {
  const header = /^[^\n]*\((?:empty|lines? \d+-\d+ of (?:\d+|many))[^\n]*\)\n(?:\n|$)/.exec(text)
  const body = header === null ? text : text.slice(header[0].length)
  const remark = /\n?\[… [^\n]*\]\s*$/.exec(body)
  if (remark === null) return { text: body, cut: LEFT_OUT.test(body) }
  return { text: body.slice(0, remark.index), cut: true }
}

export interface CommandResult {
  /** Null when it did not end by itself. */
  readonly exitCode: number | null
  /** How it ended, in the tool's words. */
  readonly ending: string
  readonly durationSeconds: number | null
  readonly output: string
  readonly cut: boolean
}

export function parseCommandResult(text: string): CommandResult {
  const lines = text.split('\n')
  const at = lines.slice(0, 3).findIndex((line) => ENDING.test(line))
  const ending = at === -1 ? '' : (lines[at] ?? '').trim()
  const code = /\bexit(?:ed)?(?: with)?(?: code)?:? (-?\d+)/i.exec(ending)?.[1]
  const start = at === -1 ? 0 : lines[at + 1]?.trim() === '' ? at + 2 : at + 1
  return {
    exitCode: code === undefined ? null : Number(code),
    ending,
    durationSeconds: durationIn(ending),
    output: lines
      .slice(start)
      .join('\n')
      .replace(/^\(no output\)$/, '')
      .trim(),
    cut: /\bleft out\b|\btruncated\b|\bomitted\b/i.test(text),
  }
}

const ENDING =
  /\bexit(?:ed)?(?: with)?(?: code)?:? -?\d+|\bended (?:by|after)\b|\btimed out\b|\btimeout\b|\bkilled\b|\bsignal\b|\bcould not be started\b/i

function durationIn(text: string): number | null {
  const match = /\b(\d+(?:\.\d+)?)\s*(ms|s|seconds?|m|min)\b/i.exec(text)
  if (match === null) return null
  const value = Number(match[1])
  const unit = (match[2] ?? '').toLowerCase()
  if (unit === 'ms') return value / 1000
  return unit.startsWith('m') ? value * 60 : value
}

/** `not_found: …`: the code that an error begins with; null where there is none. */
export function errorCodeOf(outcome: Outcome): string | null {
  if (!outcome.isError) return null
  return /^([a-z_]+):/.exec(outcome.content)?.[1] ?? 'internal'
}

/** A call that a crash cut off: whether it happened is not known. */
export function isInterrupted(outcome: Outcome): boolean {
  return outcome.isError && outcome.content.startsWith('interrupted:')
}

/** One line of an error for a report. */
export function errorLine(outcome: Outcome): string {
  const line = outcome.content.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

/** A path with control characters is written as a JSON string. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'string' ? parsed : text
  } catch {
    // Not a JSON string: then the quote belongs to the name.
    return text
  }
}
