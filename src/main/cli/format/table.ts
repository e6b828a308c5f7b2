import { cutToWidth, displayWidth } from '../display-width.js'
import type { Terminal } from '../terminal.js'

export interface Column {
  readonly title: string
  readonly isNumber?: boolean
  /** On a terminal this one is cut where the row would be too long. */
  readonly gives?: boolean
}

const GAP = '  '
/** A column is never cut below this, however narrow the terminal. */
const NARROWEST = 16

/** A line of titles and one for each row; cells are printable text in one line. */
export function tableLines(
  columns: readonly Column[],
  rows: ReadonlyArray<readonly string[]>,
  terminal: Terminal,
): string[] {
  const titles = columns.map(({ title }) => title)
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((row) => displayWidth(row[index] ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + GAP.length + width, 0)
  const excess = terminal.isInteractive ? Math.max(0, total - (terminal.width - 1)) : 0
  const fitting = widths.map((width, index) =>
    columns[index]?.gives ? Math.min(width, Math.max(NARROWEST, width - excess)) : width,
  )
  const lineOf = (row: readonly string[]) =>
    columns
      .map(({ isNumber }, index) => {
        const width = fitting[index] ?? 0
        const text = cutToWidth(row[index] ?? '', width)
        const space = ' '.repeat(width - displayWidth(text))
        return GAP + (isNumber ? space + text : text + space)
      })
      .join('')
      .trimEnd()
  return [terminal.style('dim', lineOf(titles)), ...rows.map(lineOf)]
}
