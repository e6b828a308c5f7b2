import { Lexer, type Links, type Token } from 'marked'

/** A piece of Markdown that is read by itself: a paragraph, a list, a fence … */
export interface Block {
  readonly raw: string
  /** Of a fence that is not closed yet: its code is shown without reading it again. */
  readonly fence: { readonly language: string; readonly codeAt: number } | null
}

/** Blocks are drawn in groups, so that growth looks at the last group alone. */
export type BlockGroup = readonly Block[]
const GROUP = 24
/** A later line can still change what these are: two lists become one, text becomes a heading. */
const OPEN_BLOCKS = 2
const LISTS_TOGETHER = 30

interface Fence {
  readonly at: number
  readonly close: RegExp
  /** Where the line begins that may still become the end of the fence. */
  readonly scanFrom: number
}

/** What is known of a text that grows at its end. */
export interface Blocks {
  readonly text: string
  readonly groups: readonly BlockGroup[]
  readonly count: number
  /** Where those begin that may still change, and how many they are. */
  readonly openFrom: number
  readonly openCount: number
  readonly fence: Fence | null
  /** Targets that are named at other places of the text. */
  readonly links: Links
}

const NO_LINKS: Links = {}
export const NO_BLOCKS: Blocks = {
  text: '',
  groups: [],
  count: 0,
  openFrom: 0,
  openCount: 0,
  fence: null,
  links: NO_LINKS,
}

/** Cuts a text, whose lines end with a newline alone, into blocks. Of one that went on at its end only the open end is read again. */
export function blocksOf(text: string, known: Blocks = NO_BLOCKS): Blocks {
  if (text === known.text) return known
  const before = text.startsWith(known.text) ? known : NO_BLOCKS
  const { fence } = before
  if (fence !== null && !closes(text, fence)) return withLongerFence(text, before, fence)
  const { blocks, offsets, links } = cut(text.slice(before.openFrom))
  const kept = before.count - before.openCount
  const openCount = Math.min(OPEN_BLOCKS, blocks.length)
  const openFrom = before.openFrom + (offsets[blocks.length - openCount] ?? 0)
  const lastAt = before.openFrom + (offsets.at(-1) ?? 0)
  return {
    text,
    groups: regroup(before.groups, kept, blocks),
    count: kept + blocks.length,
    openFrom,
    openCount,
    fence: openFence(blocks.at(-1), lastAt, text),
    links: Object.keys(links).length === 0 ? before.links : { ...before.links, ...links },
  }
}

function withLongerFence(text: string, before: Blocks, fence: Fence): Blocks {
  const last = before.groups.at(-1)?.at(-1)
  const block: Block = { raw: text.slice(fence.at), fence: last?.fence ?? null }
  return {
    ...before,
    text,
    groups: regroup(before.groups, before.count - 1, [block]),
    fence: { ...fence, scanFrom: text.lastIndexOf('\n') + 1 },
  }
}

/** The groups with everything from block `kept` on replaced; those before are the same objects. */
function regroup(
  groups: readonly BlockGroup[],
  kept: number,
  blocks: readonly Block[],
): readonly BlockGroup[] {
  const whole = Math.floor(kept / GROUP)
  const rest = [...(groups[whole] ?? []).slice(0, kept % GROUP), ...blocks]
  const made: BlockGroup[] = groups.slice(0, whole)
  for (let from = 0; from < rest.length; from += GROUP) made.push(rest.slice(from, from + GROUP))
  return made
}

function cut(text: string): {
  readonly blocks: readonly Block[]
  readonly offsets: readonly number[]
  readonly links: Links
} {
  const lexer = new Lexer()
  const blocks: Block[] = []
  const offsets: number[] = []
  let at = 0
  for (const token of lexer.blockTokens(text).flatMap(shorterLists)) {
    if (token.type !== 'space' && token.type !== 'def') {
      blocks.push({ raw: token.raw, fence: null })
      offsets.push(at)
    }
    at += token.raw.length
  }
  const last = blocks.at(-1)
  if (last !== undefined) blocks[blocks.length - 1] = { ...last, fence: fenceIn(last.raw) }
  return { blocks, offsets, links: lexer.tokens.links }
}

/** A long list is drawn in stretches, so that its end can grow without its beginning. */
function shorterLists(token: Token): Token[] {
  if (token.type !== 'list' || token.items.length <= LISTS_TOGETHER) return [token]
  const parts: Token[] = []
  for (let from = 0; from < token.items.length; from += LISTS_TOGETHER) {
    const items: { readonly raw: string }[] = token.items.slice(from, from + LISTS_TOGETHER)
    parts.push({ type: 'text', raw: items.map(({ raw }) => raw).join(''), text: '' })
  }
  // What separates items may belong to none of them.
  const length = parts.reduce((sum, { raw }) => sum + raw.length, 0)
  return length === token.raw.length ? parts : [token]
}

const FENCE = /^( {0,3})(`{3,}|~{3,})([^\n]*)(?:\n|$)/

function fenceIn(raw: string): Block['fence'] {
  const [opening, , marker = '', info = ''] = FENCE.exec(raw) ?? []
  if (opening === undefined || (marker.startsWith('`') && info.includes('`'))) return null
  if (!opening.endsWith('\n')) return null
  if (closing(marker).test(raw.slice(opening.length))) return null
  return { language: /\S+/.exec(info)?.[0] ?? '', codeAt: opening.length }
}

function openFence(block: Block | undefined, at: number, text: string): Fence | null {
  if (block?.fence == null) return null
  const marker = FENCE.exec(block.raw)?.[2] ?? ''
  return { at, close: closing(marker), scanFrom: text.lastIndexOf('\n') + 1 }
}

function closing(marker: string): RegExp {
  return new RegExp(`^ {0,3}${marker}[\`~]*[ \\t]*$`, 'm')
}

function closes(text: string, { close, scanFrom }: Fence): boolean {
  return close.test(text.slice(scanFrom))
}
