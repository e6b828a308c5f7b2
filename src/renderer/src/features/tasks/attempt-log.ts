/** A longer part is shown from its end, where it tells how the attempt ended; in UTF-16 units. */
export const LONGEST_PART = 100_000

export interface LogPart {
  readonly text: string
  /** True when the part begins earlier than `text` does. */
  readonly cut: boolean
}

interface LogPage {
  readonly text: string
  readonly nextOffset: number
}

/** Reads what lies between two offsets of a task's log, page by page. */
export async function readPart(
  readPage: (sinceOffset: number) => Promise<LogPage>,
  from: number,
  to: number,
): Promise<LogPart> {
  const start = Math.max(from, to - LONGEST_PART)
  let text = ''
  let offset = start
  while (offset < to) {
    const page = await readPage(offset)
    if (page.text === '') break
    text += page.text
    offset = page.nextOffset
  }
  const cut = start > from
  const part = text.slice(0, to - start)
  // The first line of what is left is only the end of one, and may begin within an escape.
  return { text: cut ? part.slice(part.indexOf('\n') + 1) : part, cut }
}
