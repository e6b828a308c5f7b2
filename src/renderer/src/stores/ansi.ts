/** How a run of characters looks; `color` is one of the eight ANSI colours. */
export interface AnsiStyle {
  readonly color?: number
  readonly bold?: boolean
  readonly dim?: boolean
}

export interface Span {
  readonly text: string
  readonly style: AnsiStyle
  /** At the end of a line that was cut: what follows belongs to it. */
  readonly goesOn?: true
}

export type Line = readonly Span[]

/** Everything that later text can still change: the last line, the style and a cut-off escape. */
export interface AnsiState {
  readonly style: AnsiStyle
  readonly line: Line
  readonly pending: string
  /** A carriage return was read: the next character begins the line anew. */
  readonly rewind: boolean
}

export const ANSI_START: AnsiState = { style: {}, line: [], pending: '', rewind: false }

// CSI sequences, OSC sequences up to their terminator, and two-character escapes.
const ESCAPE =
  /^\u001b(?:\[([0-9;?]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_()#=>c])/
const PLAIN = /^[^\u001b\r\n]+/
const LONGEST_ESCAPE = 256
/** A longer line is cut, since a browser lays out a line as a whole; in UTF-16 units. */
export const LONGEST_LINE = 4000

/**
 * Reads a piece of terminal output. Colours are kept, a carriage return overwrites its line as
 * progress bars expect, every other control is dropped. Returns the lines that are finished.
 */
export function readAnsi(
  state: AnsiState,
  text: string,
): { readonly lines: readonly Line[]; readonly state: AnsiState } {
  const lines: Line[] = []
  let { style, rewind } = state
  let line: Span[] = [...state.line]
  let rest = state.pending + text
  while (rest.length > 0) {
    const char = rest.charAt(0)
    if (char === '\u001b') {
      const sequence = readEscape(rest, style)
      if (sequence === null) break
      style = sequence.style
      rest = rest.slice(sequence.length)
      continue
    }
    const plain = PLAIN.exec(rest)?.[0] ?? ''
    if (char === '\n') lines.push(line)
    if (char === '\n' || (rewind && plain !== '')) line = []
    rewind = char === '\r'
    if (plain !== '') {
      line.push({ text: printable(plain), style })
      line = cut(line, lines)
    }
    rest = rest.slice(plain.length || 1)
  }
  return { lines, state: { style, line: joined(line), pending: rest, rewind } }
}

/** Moves full lines from the front of a line to `lines`; returns what is left of it. */
function cut(line: Span[], lines: Line[]): Span[] {
  let rest = line
  let last = rest.at(-1)
  const length = rest.reduce((sum, span) => sum + span.text.length, 0)
  let room = LONGEST_LINE - length + (last?.text.length ?? 0)
  while (last !== undefined && last.text.length > room) {
    lines.push([...rest.slice(0, -1), { ...last, text: last.text.slice(0, room), goesOn: true }])
    last = { ...last, text: last.text.slice(room) }
    rest = [last]
    room = LONGEST_LINE
  }
  return rest
}

/** The escape at the start of a text; null where its end has not come yet. */
function readEscape(
  text: string,
  style: AnsiStyle,
): { readonly length: number; readonly style: AnsiStyle } | null {
  const match = ESCAPE.exec(text)
  if (match === null) return text.length < LONGEST_ESCAPE ? null : { length: 1, style }
  const next = match[2] === 'm' ? withCodes(style, match[1] ?? '') : style
  return { length: match[0].length, style: next }
}

function withCodes(style: AnsiStyle, codes: string): AnsiStyle {
  let next: AnsiStyle = style
  const list = codes.split(';').map(Number)
  for (let index = 0; index < list.length; index += 1) {
    const code = list[index] ?? 0
    // Extended colours take the next two or four numbers; they are shown in the text's colour.
    if (code === 38 || code === 48) index += list[index + 1] === 5 ? 2 : 4
    else next = withCode(next, code)
  }
  return next
}

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return {}
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 22) {
    const { bold: _bold, dim: _dim, ...rest } = style
    return rest
  }
  if (code === 39) {
    const { color: _color, ...rest } = style
    return rest
  }
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 }
  if (code >= 90 && code <= 97) return { ...style, color: code - 90 }
  return style
}

function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001a\u007f]/g, '')
}

/** Neighbours of one style become one span, so that a line fed in small pieces stays small. */
function joined(line: readonly Span[]): Line {
  const result: Span[] = []
  for (const span of line) {
    const last = result.at(-1)
    if (last && sameStyle(last.style, span.style)) {
      result[result.length - 1] = { text: last.text + span.text, style: last.style }
    } else result.push(span)
  }
  return result
}

function sameStyle(a: AnsiStyle, b: AnsiStyle): boolean {
  return a.color === b.color && a.bold === b.bold && a.dim === b.dim
}

/** The text of some terminal output as it would be read, without colours. */
export function plainOutput(text: string): string {
  const { lines, state } = readAnsi(ANSI_START, text)
  return textOfLines([...lines, state.line])
}

/** The text of some lines, without colours; lines that were cut are whole again. */
export function textOfLines(lines: readonly Line[]): string {
  const texts = lines.map((line, index) => {
    const ends = index < lines.length - 1 && line.at(-1)?.goesOn !== true
    return line.map((span) => span.text).join('') + (ends ? '\n' : '')
  })
  return texts.join('')
}
