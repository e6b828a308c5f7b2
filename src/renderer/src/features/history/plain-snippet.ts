import type { Snippet } from '../../../../shared/model/history.js'
import { withoutMarks } from '../../../../shared/text/markdown-text.js'

/** A snippet of Markdown without its marks. Where these are what was looked for, it stays as it is. */
export function plainSnippet(snippet: Snippet): Snippet {
  const { text, placeOf } = withoutMarks(snippet.text)
  const ranges = snippet.ranges.map(([start, end]): [number, number] => [
    placeOf(start),
    placeOf(end),
  ])
  return ranges.every(([start, end]) => start < end) ? { ...snippet, text, ranges } : snippet
}
