import { type AgentView, USER } from '../../../../../shared/model/agent.js'
import type { Thread } from '../../../stores/mail.js'

export interface GraphEdge {
  readonly kind: 'waits' | 'mail'
  readonly from: string
  readonly to: string
  /** How many threads end with a mail this way. */
  readonly mails: number
}

export interface GraphModel {
  /** Names, `user` among them where the person takes part. */
  readonly nodes: readonly string[]
  readonly edges: readonly GraphEdge[]
}

/** Older mail than that of so many threads is not drawn. */
const RECENT_THREADS = 30

/** Who takes part, who waits for whom, and who wrote to whom last. `threads` come newest first. */
export function graphOf(
  agents: Readonly<Record<string, AgentView>>,
  threads: readonly Thread[],
): GraphModel {
  const edges: GraphEdge[] = []
  for (const [from, { waiting_for_agent: to }] of Object.entries(agents)) {
    if (to !== null) edges.push({ kind: 'waits', from, to, mails: 0 })
  }
  const known = new Set([...Object.keys(agents), USER])
  const mails = new Map<string, GraphEdge>()
  for (const { last } of threads.slice(0, RECENT_THREADS)) {
    const { from, to } = last
    // An agent that was deleted has mail but no place.
    if (!known.has(from) || !known.has(to) || from === to) continue
    const before = mails.get(`${from} ${to}`)
    const count = (before?.mails ?? 0) + 1
    mails.set(`${from} ${to}`, { kind: 'mail', from, to, mails: count })
  }
  edges.push(...mails.values())
  const withUser = edges.some(({ from, to }) => from === USER || to === USER)
  return { nodes: [...(withUser ? [USER] : []), ...Object.keys(agents)], edges }
}

/**
 * The row of each node, top down: whoever waits stands above whom they wait for, and the person above those
 * they have written to. A circle of waits is cut where it closes.
 */
export function rowsOf({ nodes, edges }: GraphModel): readonly (readonly string[])[] {
  const depths = new Map<string, number>()
  const depthOf = (name: string, path: readonly string[]): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    if (path.includes(name)) return 0
    const above = edges.filter(({ kind, to }) => kind === 'waits' && to === name)
    const depth = Math.max(
      nodes[0] === USER && name !== USER ? 1 : 0,
      ...above.map(({ from }) => depthOf(from, [...path, name]) + 1),
    )
    depths.set(name, depth)
    return depth
  }
  const rows: string[][] = []
  for (const name of nodes) {
    const depth = depthOf(name, [])
    const row = rows[depth] ?? []
    row.push(name)
    rows[depth] = row
  }
  return rows.filter((row) => row !== undefined).flatMap(inLines)
}

/** The pane is higher than wide. */
const PER_LINE = 2

export interface Place {
  readonly line: number
  /** From the left, in columns; may be broken, since each row stands in the middle. */
  readonly column: number
}

export function placesOf(model: GraphModel): ReadonlyMap<string, Place> {
  const places = rowsOf(model).flatMap((row, line) =>
    row.map((name, index) => [name, { line, column: index - (row.length - 1) / 2 }] as const),
  )
  return new Map(places)
}

/** The side of a node at which an edge to another one leaves. */
export function sideTowards(from: Place, to: Place): 'up' | 'down' | 'left' | 'right' {
  if (from.line !== to.line) return from.line < to.line ? 'down' : 'up'
  return from.column < to.column ? 'right' : 'left'
}

/** A row with many is broken into lines, so that the picture stays about as wide as its pane. */
function inLines(row: readonly string[]): string[][] {
  const perLine = Math.max(PER_LINE, Math.ceil(Math.sqrt(row.length / 2)))
  const lines: string[][] = []
  for (let start = 0; start < row.length; start += perLine) {
    lines.push(row.slice(start, start + perLine))
  }
  return lines
}
