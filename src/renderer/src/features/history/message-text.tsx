import type { HistoryMessage } from '../../../../shared/model/history.js'
import { withoutMarks } from '../../../../shared/text/markdown-text.js'
import { plainSnippet } from './plain-snippet.js'
import { SnippetText } from './snippet-text.js'

/** What the assistant says is Markdown; what a person says is shown as it was typed. */
export function MessageText({ entry }: { readonly entry: HistoryMessage }) {
  const { role, text, found } = entry
  const isMarkdown = role === 'assistant'
  if (found === null) return isMarkdown ? withoutMarks(text).text : text
  return <SnippetText snippet={isMarkdown ? plainSnippet(found.snippet) : found.snippet} />
}
