import type { Host } from '../../app/host.js'
import type { Text } from '../../text/text.js'
import { fuzzyScore } from './fuzzy.js'
import { type Uses, weightOf } from './usage.js'

export type PaletteGroup = keyof Text['palette']['groups']

/** Something that can be done, or gone to. */
export interface PaletteItem {
  readonly id: string
  readonly group: PaletteGroup
  readonly title: string
  readonly detail?: string | undefined
  readonly keys?: string | undefined
  /** Found by these too, which are not shown. */
  readonly words?: string | undefined
  /** The host has found it, by more than its title. */
  readonly isFound?: boolean
  readonly run: (host: Host) => void
}

export interface RankedGroup {
  readonly group: PaletteGroup
  readonly items: readonly PaletteItem[]
}

const MOST_OF_GROUP = 8
const MOST_RECENT = 5
/** What is shown before anybody has typed. */
const AT_FIRST: readonly PaletteGroup[] = ['here', 'commands', 'conversations']
const WORDS_COUNT = 0.7
const FOUND_BY_HOST = 0.3
const MOST_FOR_USE = 0.3

interface Standing {
  readonly uses: Uses
  readonly now: number
}

/** The best of each group, the group with the best of all first. */
export function ranked(
  items: readonly PaletteItem[],
  query: string,
  standing: Standing,
): readonly RankedGroup[] {
  if (query.trim() === '') return atFirst(items, standing)
  const scored = items
    .map((item) => ({ item, score: scoreOf(item, query, standing) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const groups = Map.groupBy(scored, ({ item }) => item.group)
  return [...groups].map(([group, members]) => ({
    group,
    items: members.slice(0, MOST_OF_GROUP).map(({ item }) => item),
  }))
}

/** The best for what was typed after the host was asked: what it found then has to fit by itself. */
export function bestFor(
  items: readonly PaletteItem[],
  query: string,
  standing: Standing,
): PaletteItem | undefined {
  const unproven = items.map((item) => (item.isFound ? { ...item, isFound: false } : item))
  return ranked(unproven, query, standing)[0]?.items[0]
}

function scoreOf(item: PaletteItem, query: string, { uses, now }: Standing): number {
  const found = Math.max(
    fuzzyScore(query, item.title),
    WORDS_COUNT * fuzzyScore(query, `${item.title} ${item.detail ?? ''} ${item.words ?? ''}`),
    item.isFound ? FOUND_BY_HOST : 0,
  )
  if (found === 0) return 0
  const use = 0.1 * Math.log2(1 + weightOf(uses, item.id, now))
  return found + Math.min(MOST_FOR_USE, use) + (item.group === 'here' ? 0.05 : 0)
}

function atFirst(items: readonly PaletteItem[], { uses, now }: Standing): readonly RankedGroup[] {
  const recent = items
    .filter(({ id }) => uses[id] !== undefined)
    .sort((a, b) => weightOf(uses, b.id, now) - weightOf(uses, a.id, now))
    .slice(0, MOST_RECENT)
  const isRecent = new Set(recent)
  const rest = AT_FIRST.map((group) => ({
    group,
    items: items.filter((item) => item.group === group && !isRecent.has(item)).slice(0, 12),
  }))
  const [here, ...others] = rest
  const groups = [here, { group: 'recent' as const, items: recent }, ...others]
  return groups.filter((group) => group !== undefined && group.items.length > 0) as RankedGroup[]
}
