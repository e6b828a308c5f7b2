import type { Snippet } from '../../../../shared/model/history.js'

/** Part of a text, with what was looked for marked in it. */
export function SnippetText({ snippet }: { readonly snippet: Snippet }) {
  const { text, ranges, cutBefore, cutAfter } = snippet
  let at = 0
  const parts = ranges.map(([start, end]) => {
    const before = text.slice(at, start)
    at = end
    return { start, before, found: text.slice(start, end) }
  })
  return (
    <span dir="auto">
      {cutBefore && '…'}
      {parts.map(({ start, before, found }) => (
        <span key={start}>
          {before}
          <mark className="rounded-xs bg-(--found) text-text">{found}</mark>
        </span>
      ))}
      {text.slice(at)}
      {cutAfter && '…'}
    </span>
  )
}
