/** What a terminal that supports it shows at once, and any other ignores. */
const BEGIN_UPDATE = '\x1b[?2026h'
const END_UPDATE = '\x1b[?2026l'
const ERASE_REST_OF_LINE = '\x1b[K'
/** The rest of the line, and every line below. */
const ERASE_BELOW = '\x1b[J'

const RIGHT_EDGE = /[║╗╣╝]$/

/**
 * What to write so that a screen that shows `before` shows `after`; null stands for a screen whose
 * contents are not known. Only lines that differ are written, and nothing when none does.
 *
 * The right edge of the box is put at its column, `boxWidth`, whatever came before it: terminals do
 * not agree on how wide some emoji are.
 */
export function frameChanges(
  before: readonly string[] | null,
  after: readonly string[],
  boxWidth: number,
): string {
  const last = after.length - 1
  const erasesBelow = before === null || before.length > after.length
  const changes: string[] = []
  for (const [row, line] of after.entries()) {
    // With the last line, since below it there may be no row that the cursor could go to.
    const erase = erasesBelow && row === last ? ERASE_BELOW : ERASE_REST_OF_LINE
    if (before?.[row] !== line || erase === ERASE_BELOW) {
      changes.push(cursorTo(row) + lineText(line, erase, boxWidth))
    }
  }
  if (erasesBelow && last < 0) changes.push(cursorTo(0) + ERASE_BELOW)
  return changes.length === 0 ? '' : BEGIN_UPDATE + changes.join('') + END_UPDATE
}

function cursorTo(row: number): string {
  return `\x1b[${row + 1};1H`
}

function lineText(line: string, erase: string, boxWidth: number): string {
  if (!RIGHT_EDGE.test(line)) return line + erase
  // Erased before the edge is written: behind the last column there is nothing to erase but itself.
  return `${line.slice(0, -1)}${erase}\x1b[${boxWidth}G${line.slice(-1)}`
}
