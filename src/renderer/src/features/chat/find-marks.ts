import { useEffect } from 'react'
import type { MessageId } from '../../../../shared/model/ids.js'

const ALL = 'found-in-chat'
const CURRENT = 'found-now'
const MOST_MARKS = 500
/** A list of rows of unknown heights comes to rest within so many frames. */
const FRAMES = 12

/** The one of all hits that a person was led to: the how manieth of its message, from the top. */
export interface CurrentHit {
  readonly messageId: MessageId
  readonly index: number
}

/** The tools that build the style sheets do not know this selector yet. */
function addStyle(): void {
  const sheet = new CSSStyleSheet()
  sheet.insertRule(`::highlight(${ALL}) { background-color: var(--found) }`)
  sheet.insertRule(
    `::highlight(${CURRENT}) { background-color: var(--accent); color: var(--on-accent) }`,
  )
  document.adoptedStyleSheets.push(sheet)
}
let styled = false

/**
 * Marks a text wherever it is drawn in the messages, and brings the current hit into sight. The marks lie over the text: no
 * row is drawn anew for them, and rows that come into sight are marked a moment later.
 */
export function useFindMarks(query: string, current: CurrentHit | null): void {
  useEffect(() => {
    const list = document.querySelector('[role="log"]')
    // A browser that cannot mark still leads to the messages.
    if (list === null || query === '' || !('highlights' in CSS)) return
    if (!styled) addStyle()
    styled = true
    let frame = 0
    let framesLeft = FRAMES
    const mark = () => {
      frame = 0
      CSS.highlights.set(ALL, new Highlight(...rangesIn(list, query)))
      const hit = currentIn(list, query, current)
      if (hit === null) CSS.highlights.delete(CURRENT)
      else CSS.highlights.set(CURRENT, withPriority(new Highlight(hit)))
      if (framesLeft === 0) return
      framesLeft -= 1
      if (hit !== null) reveal(list, hit)
      soon()
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
      CSS.highlights.delete(ALL)
      CSS.highlights.delete(CURRENT)
    }
  }, [query, current])
}

export function isDrawn(messageId: MessageId): boolean {
  return rowOf(document, messageId) !== null
}

function rowOf(within: ParentNode, messageId: MessageId): Element | null {
  return within.querySelector(`[data-message="${messageId}"]`)
}

function withPriority(highlight: Highlight): Highlight {
  highlight.priority = 1
  return highlight
}

function currentIn(list: Element, query: string, current: CurrentHit | null): Range | null {
  const row = current === null ? null : rowOf(list, current.messageId)
  if (row === null || current === null) return null
  const ranges = rangesIn(row, query)
  return ranges[Math.min(current.index, ranges.length - 1)] ?? null
}

/** Into the middle of what is seen, unless it is seen. */
function reveal(list: Element, hit: Range): void {
  const seen = list.getBoundingClientRect()
  const { top, bottom } = hit.getBoundingClientRect()
  if (top >= seen.top && bottom <= seen.bottom) return
  list.scrollBy({ top: (top + bottom) / 2 - (seen.top + seen.bottom) / 2 })
}

/** What stands in one line of text, whatever of it is emphasised. */
const BLOCKS = 'p,li,td,th,pre,h1,h2,h3,h4,h5,h6,div,button,summary'

function rangesIn(within: Element, query: string): Range[] {
  const needle = query.toLowerCase()
  const ranges: Range[] = []
  for (const nodes of runsIn(within)) {
    const text = nodes.map((node) => node.data).join('')
    const lower = text.toLowerCase()
    // In another case a text may be longer than it is; then places would be wrong.
    if (lower.length !== text.length) continue
    for (
      let at = lower.indexOf(needle);
      at !== -1;
      at = lower.indexOf(needle, at + needle.length)
    ) {
      ranges.push(rangeOf(nodes, at, at + needle.length))
      if (ranges.length >= MOST_MARKS) return ranges
    }
  }
  return ranges
}

/** Texts that follow each other within one block. */
function runsIn(within: Element): Text[][] {
  const runs: Text[][] = []
  let block: Element | null = null
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (!(node instanceof Text)) continue
    const own = node.parentElement?.closest(BLOCKS) ?? null
    const run = runs.at(-1)
    if (run === undefined || own !== block) runs.push([node])
    else run.push(node)
    block = own
  }
  return runs
}

function rangeOf(nodes: readonly Text[], start: number, end: number): Range {
  const range = new Range()
  let before = 0
  for (const node of nodes) {
    const after = before + node.length
    if (start >= before && start < after) range.setStart(node, start - before)
    if (end > before && end <= after) {
      range.setEnd(node, end - before)
      break
    }
    before = after
  }
  return range
}
