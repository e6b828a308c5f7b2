/** Lines that are drawn, laid out and coloured together. */
export const CHUNK_LINES = 50

/** Code in stretches of lines; while it grows only the last stretch changes. */
export interface CodeChunks {
  readonly code: string
  readonly chunks: readonly string[]
  /** Where the last stretch begins. */
  readonly lastFrom: number
}

export const NO_CHUNKS: CodeChunks = { code: '', chunks: [], lastFrom: 0 }

/** Cuts code into stretches. Of code that went on at its end only the last one is cut again. */
export function chunksOf(code: string, known: CodeChunks = NO_CHUNKS): CodeChunks {
  if (code === known.code && known !== NO_CHUNKS) return known
  const before = code.startsWith(known.code) ? known : NO_CHUNKS
  const chunks = before.chunks.slice(0, -1)
  let from = before.lastFrom
  for (;;) {
    const end = endOfLines(code, from)
    if (end === -1) break
    chunks.push(code.slice(from, end))
    from = end + 1
  }
  chunks.push(code.slice(from))
  return { code, chunks, lastFrom: from }
}

/** The newline that ends a whole stretch from `from` on; -1 where there are fewer lines. */
function endOfLines(code: string, from: number): number {
  let at = from - 1
  for (let line = 0; line < CHUNK_LINES; line++) {
    at = code.indexOf('\n', at + 1)
    if (at === -1) return -1
  }
  return at
}
