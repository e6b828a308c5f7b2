import type { ExportFormat, HistoryEntry } from '../../../shared/model/history.js'
import type { FullTexts } from '../store/queries/history-texts.js'
import { outputText } from './output-text.js'

/** One entry as it is exported; null texts of one that has gone in between. */
export interface ExportedEntry {
  readonly entry: HistoryEntry
  readonly texts: FullTexts | null
}

export interface Piece {
  readonly entries: readonly ExportedEntry[]
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** A cell of a spreadsheet holds 32,767 characters: what is longer is cut there, and says so. */
const LONGEST_CELL = 32_000
/** Of an entry in Markdown. */
const LONGEST_TITLE = 120

/** One piece of a document: all of them one after the other are the whole. */
export function writePiece(format: ExportFormat, piece: Piece): string {
  switch (format) {
    case 'json':
      return jsonPiece(piece)
    case 'csv':
      return csvPiece(piece)
    case 'markdown':
      return markdownPiece(piece)
  }
}

function jsonPiece({ entries, isFirst, isLast }: Piece): string {
  const items = entries.map((entry) => JSON.stringify(itemOf(entry))).join(',\n')
  const start = isFirst ? '[\n' : entries.length > 0 ? ',\n' : ''
  return `${start}${items}${isLast ? '\n]\n' : ''}`
}

function itemOf({ entry, texts }: ExportedEntry): object {
  const { found: _, ...facts } = entry
  if (facts.kind === 'message') {
    return { ...facts, text: texts?.text ?? facts.text, createdAt: instant(facts.createdAt) }
  }
  return {
    ...facts,
    description: texts?.text ?? facts.description,
    command: texts?.command ?? null,
    createdAt: instant(facts.createdAt),
    startedAt: instant(facts.startedAt),
    completedAt: instant(facts.completedAt),
    error: facts.error && { ...facts.error, message: texts?.error ?? facts.error.message },
    output: outputOf(texts?.result ?? null),
  }
}

function outputOf(result: string | null): unknown {
  if (result === null) return null
  try {
    return (JSON.parse(result) as { readonly output?: unknown }).output ?? null
  } catch {
    return result
  }
}

const COLUMNS = [
  'kind',
  'id',
  'created',
  'started',
  'ended',
  'state',
  'type',
  'text',
  'command',
  'agent',
  'workspace',
  'conversation',
  'seconds',
  'tokens',
  'cost_usd',
  'error',
  'output',
] as const

/** RFC 4180, with a byte order mark in front: without it spreadsheets take other than English letters for noise. */
function csvPiece({ entries, isFirst }: Piece): string {
  const lines = entries.map((entry) => cellsOf(entry).map(csvCell).join(','))
  return (isFirst ? [`\uFEFF${COLUMNS.join(',')}`, ...lines] : lines)
    .map((line) => `${line}\r\n`)
    .join('')
}

function cellsOf({ entry, texts }: ExportedEntry): (string | number | null)[] {
  if (entry.kind === 'message') {
    const { messageId, createdAt, role, text, conversationId } = entry
    const facts = ['message', messageId, instant(createdAt), null, null, null, role]
    const rest = Array.from({ length: 5 }, () => null)
    return [...facts, texts?.text ?? text, null, null, null, conversationId, ...rest]
  }
  return [
    'task',
    entry.taskId,
    instant(entry.createdAt),
    instant(entry.startedAt),
    instant(entry.completedAt),
    entry.state,
    entry.type,
    texts?.text ?? entry.description,
    texts?.command ?? null,
    entry.agentType,
    entry.workspace,
    entry.conversationId,
    entry.durationMs / 1000,
    entry.tokens,
    entry.costUsd,
    entry.error === null ? null : `${entry.error.code}: ${texts?.error ?? entry.error.message}`,
    outputText(texts?.result ?? null),
  ]
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const cut = value.length > LONGEST_CELL ? `${value.slice(0, LONGEST_CELL)} […cut]` : value
  // A NUL ends a cell for some readers.
  const text = (/^\s*[=+\-@]|^[\t\r]/.test(cut) ? `'${cut}` : cut).replaceAll('\0', '\uFFFD')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function markdownPiece({ entries, isFirst }: Piece): string {
  const parts = entries.map((entry) => markdownEntry(entry))
  return (isFirst ? ['# History\n\n', ...parts] : parts).join('')
}

function markdownEntry({ entry, texts }: ExportedEntry): string {
  if (entry.kind === 'message') {
    const who = entry.role === 'user' ? 'You' : 'Assistant'
    const title = inLine(entry.title)
    return `## ${who}, ${instant(entry.createdAt)}\n\n${title} (${entry.conversationId})\n\n${fenced(texts?.text ?? entry.text)}\n`
  }
  const facts = [
    ['Id', entry.taskId],
    ['State', entry.state],
    ['Type', entry.type],
    ['Agent', entry.agentType],
    ['Folder', entry.workspace],
    ['Conversation', entry.conversationId],
    ['Submitted', instant(entry.createdAt)],
    ['Ended', instant(entry.completedAt)],
    ['Took', `${entry.durationMs / 1000} s`],
    ['Tokens', String(entry.tokens)],
    ['Cost', entry.costUsd === null ? 'not known' : `$${entry.costUsd.toFixed(4)}`],
    ['Error', entry.error && `${entry.error.code}: ${texts?.error ?? entry.error.message}`],
  ]
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `- ${name}: ${inLine(value ?? '')}\n`)
    .join('')
  const description = texts?.text ?? entry.description
  const title = description.trim().slice(0, LONGEST_TITLE)
  // What the title says whole is not said again.
  const isWhole = title === description.trim() && !title.includes('\n')
  const output = outputText(texts?.result ?? null)
  const blocks = [...(isWhole ? [] : [description]), ...(output === '' ? [] : [output])]
  const body = blocks.map((text) => `\n${fenced(text)}`).join('')
  return `## ${inLine(title)}\n\n${facts}${body}\n`
}

/** A text that stays as it is: behind a fence longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}\n`
}

function inLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`)
}

/** Null also of an instant that no calendar has. */
function instant(ms: number | null): string | null {
  if (ms === null || Number.isNaN(new Date(ms).getTime())) return null
  return new Date(ms).toISOString()
}
