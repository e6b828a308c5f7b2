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
 * The row of each node, top down: the person, then whoever waits above whom they wait for, then those who
 * have nothing to do with a wait, so that no line runs behind them. A circle of waits is cut where it closes.
 */
export function rowsOf({ nodes, edges }: GraphModel): readonly (readonly string[])[] {
  const waits = edges.filter(({ kind }) => kind === 'waits')
  const linked = new Set(waits.flatMap(({ from, to }) => [from, to]))
  const depths = new Map<string, number>()
  const depthOf = (name: string, path: readonly string[]): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    if (path.includes(name)) return 0
    const above = waits.filter(({ to }) => to === name)
    const depth = Math.max(0, ...above.map(({ from }) => depthOf(from, [...path, name]) + 1))
    depths.set(name, depth)
    return depth
  }
  const rows: string[][] = []
  for (const name of nodes.filter((node) => linked.has(node))) {
    const depth = depthOf(name, [])
    rows[depth] = [...(rows[depth] ?? []), name]
  }
  const free = nodes.filter((name) => !linked.has(name))
  const person = free.includes(USER) ? [[USER]] : []
  const others = free.filter((name) => name !== USER)
  return [
    ...person,
    ...rows.filter((row) => row !== undefined).flatMap((row) => inLines(row, MOST_LINKED)),
    ...inLines(others, Math.max(MOST_FREE, Math.ceil(Math.sqrt(others.length / 2)))),
  ]
}

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

/** The pane is higher than wide; a line that is broken lets edges run behind nodes, though. */
const MOST_FREE = 2
const MOST_LINKED = 4

function inLines(row: readonly string[], perLine: number): string[][] {
  const lines: string[][] = []
  for (let start = 0; start < row.length; start += perLine) {
    lines.push(row.slice(start, start + perLine))
  }
  return lines
}
