import { useEffect } from 'react'

const NAME = 'found-in-chat'
const MOST_MARKS = 500

/** The tools that build the style sheets do not know this selector yet. */
function addStyle(): void {
  const sheet = new CSSStyleSheet()
  sheet.insertRule(`::highlight(${NAME}) { background-color: var(--found) }`)
  document.adoptedStyleSheets.push(sheet)
}
let styled = false

/**
 * Marks a text wherever it is drawn in the messages. The marks lie over the text: no row is drawn anew
 * for them, and rows that come into sight are marked a moment later.
 */
export function useFindMarks(query: string): void {
  useEffect(() => {
    const list = document.querySelector('[role="log"]')
    // A browser that cannot mark still leads to the messages.
    if (list === null || query === '' || !('highlights' in CSS)) return
    if (!styled) addStyle()
    styled = true
    let frame = 0
    const mark = () => {
      frame = 0
      CSS.highlights.set(NAME, new Highlight(...rangesIn(list, query.toLowerCase())))
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(mark)
    }
    const observer = new MutationObserver(soon)
    observer.observe(list, { childList: true, subtree: true, characterData: true })
    mark()
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      CSS.highlights.delete(NAME)
    }
  }, [query])
}

function rangesIn(list: Element, query: string): Range[] {
  const ranges: Range[] = []
  const texts = document.createTreeWalker(list, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = (node.nodeValue ?? '').toLowerCase()
    for (let at = text.indexOf(query); at !== -1; at = text.indexOf(query, at + query.length)) {
      // In another case a text may be longer than it is.
      if (at + query.length > (node.nodeValue ?? '').length) break
      const range = new Range()
      range.setStart(node, at)
      range.setEnd(node, at + query.length)
      ranges.push(range)
      if (ranges.length >= MOST_MARKS) return ranges
    }
  }
  return ranges
}
