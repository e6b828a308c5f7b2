/** From where to where, in UTF-16 units. */
export type Stretch = readonly [start: number, end: number]

/** Code between two lines of marks; without the second one, as of a text that was cut, it is all the rest. */
const FENCE = String.raw`^[ \t]*(?<fence>\x60{3,}|~{3,})[^\n\x60]*$(?:[^]*?^[ \t]*\k<fence>[\x60~]*[ \t]*$|[^]*)`
/** A line of marks alone: between sections, below the head of a table. The limit keeps a line of blanks from being read over and over. */
const RULE = String.raw`^[ \t]{0,12}(?:(?:[-*_][ \t]*){3,}|\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*)$`
/** What a line begins with that says what it is: a heading, a quotation, a point of a list. */
const BEGIN = String.raw`^[ \t]*(?:#{1,6}[ \t]+|(?:>[ \t]?)+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)`
const CODE = String.raw`(?<ticks>\x60+)(?!\x60)(?<code>[^\n]{0,500}?[^\n\x60])\k<ticks>(?!\x60)`
const LINK = String.raw`!?\[(?<label>[^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+"[^"\n]*")?\)`
/** An underscore within a word is part of a name. */
const STRONG = String.raw`(?<strong>(?<!\*)\*{1,3}(?!\*)|(?<!~)~~(?!~)|(?<![\p{L}\p{N}_])_{1,3}(?!_))(?=\S)[^\n]{0,500}?[^\s\\]\k<strong>(?!(?<=\*)\*|(?<=~)~|(?<=_)[\p{L}\p{N}_])`

const MARKS = new RegExp([FENCE, RULE, BEGIN, CODE, LINK, STRONG].join('|'), 'gmu')

/** The stretches of a Markdown text that only say how it looks, in order. */
export function marksIn(markdown: string): readonly Stretch[] {
  const marks: Stretch[] = []
  const pattern = new RegExp(MARKS)
  for (let found = pattern.exec(markdown); found !== null; found = pattern.exec(markdown)) {
    const [all] = found
    const own = marksOf(all, found.groups ?? {})
    for (const [start, end] of own.marks) marks.push([found.index + start, found.index + end])
    pattern.lastIndex = found.index + (own.within ?? all.length)
  }
  return apart(marks)
}

interface OwnMarks {
  /** Places within what was found. */
  readonly marks: readonly Stretch[]
  /** From where on there may be marks of its own: in what is emphasised or linked. */
  readonly within?: number
}

function marksOf(all: string, groups: { readonly [name: string]: string | undefined }): OwnMarks {
  const { fence, ticks, label, strong } = groups
  const around = (start: number, end: number): readonly Stretch[] => [
    [0, start],
    [end, all.length],
  ]
  if (fence !== undefined) return { marks: fenceOf(all, fence) }
  if (ticks !== undefined) return { marks: around(ticks.length, all.length - ticks.length) }
  if (label !== undefined) {
    const from = all.indexOf('[') + 1
    return { marks: around(from, from + label.length), within: from }
  }
  if (strong !== undefined) {
    return { marks: around(strong.length, all.length - strong.length), within: strong.length }
  }
  return { marks: [[0, all.length]] }
}

/** Its first line, and its last one where that ends it. */
function fenceOf(all: string, fence: string): readonly Stretch[] {
  const first = all.indexOf('\n')
  if (first < 0) return [[0, all.length]]
  const last = all.lastIndexOf('\n') + 1
  const isClosed = all.slice(last).trimStart().startsWith(fence)
  return isClosed
    ? [
        [0, first],
        [last, all.length],
      ]
    : [[0, first]]
}

/** In order, none within another. */
function apart(stretches: readonly Stretch[]): readonly Stretch[] {
  const kept: Stretch[] = []
  for (const [start, end] of stretches.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const from = Math.max(start, kept.at(-1)?.[1] ?? 0)
    if (from < end) kept.push([from, end])
  }
  return kept
}

export interface UnmarkedText {
  readonly text: string
  /** Where a place of the Markdown text is in the plain one. */
  readonly placeOf: (at: number) => number
}

/** A Markdown text without its marks, as a single line of a list shows it. */
export function withoutMarks(markdown: string): UnmarkedText {
  const marks = marksIn(markdown)
  let text = ''
  let at = 0
  for (const [start, end] of marks) {
    text += markdown.slice(at, start)
    at = end
  }
  text += markdown.slice(at)
  const placeOf = (place: number) => {
    let removed = 0
    for (const [start, end] of marks) {
      if (start >= place) break
      removed += Math.min(end, place) - start
    }
    return place - removed
  }
  return { text, placeOf }
}
