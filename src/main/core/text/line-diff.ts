export interface LineDiff {
  readonly added: number
  readonly removed: number
  readonly same: number
  /** Unified hunks without context, at most `maxLines` of them. */
  readonly excerpt: readonly string[]
  readonly excerptCut: boolean
  /** The texts differ so much that a shortest difference was not looked for. */
  readonly approximate: boolean
}

/** Edit steps after which two files are simply called different: the search grows with their square. */
const MAX_EDITS = 500

/** The difference between two texts line by line (Myers), with the changed lines as an excerpt. */
export function diffLines(left: string, right: string, maxLines = 60): LineDiff {
  const a = linesOf(left)
  const { head, edits } = editsBetween(a, linesOf(right))
  const changed = edits.steps.filter((step) => step.sign !== ' ')
  const removed = changed.filter((step) => step.sign === '-').length
  const excerpt = changed.map(({ sign, line, text }) => `${sign}${head + line}: ${text}`)
  return {
    added: changed.length - removed,
    removed,
    same: a.length - removed,
    excerpt: excerpt.slice(0, maxLines),
    excerptCut: excerpt.length > maxLines,
    approximate: edits.approximate,
  }
}

export interface WholeDiff {
  /** Every line of both texts; those that both have once. */
  readonly lines: readonly { readonly sign: '-' | '+' | ' '; readonly text: string }[]
  readonly approximate: boolean
}

/** The same with the lines that stayed. */
export function diffWhole(left: string, right: string): WholeDiff {
  const a = linesOf(left)
  const { head, tail, edits } = editsBetween(a, linesOf(right))
  const same = (lines: readonly string[]) => lines.map((text) => ({ sign: ' ' as const, text }))
  const changed = edits.steps.map(({ sign, text }) => ({ sign, text }))
  return {
    lines: [...same(a.slice(0, head)), ...changed, ...same(a.slice(a.length - tail))],
    approximate: edits.approximate,
  }
}

function editsBetween(
  a: readonly string[],
  b: readonly string[],
): { readonly head: number; readonly tail: number; readonly edits: Edits } {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail++
  }
  const middleA = a.slice(head, a.length - tail)
  const middleB = b.slice(head, b.length - tail)
  const edits = shortestEdits(middleA, middleB) ?? everything(middleA, middleB)
  return { head, tail, edits }
}

interface Edits {
  /** `line` counts from 1 in the text that the line belongs to. */
  readonly steps: readonly {
    readonly sign: '-' | '+' | ' '
    readonly line: number
    readonly text: string
  }[]
  readonly approximate: boolean
}

function everything(a: readonly string[], b: readonly string[]): Edits {
  return {
    steps: [
      ...a.map((text, index) => ({ sign: '-' as const, line: index + 1, text })),
      ...b.map((text, index) => ({ sign: '+' as const, line: index + 1, text })),
    ],
    approximate: true,
  }
}

/** Null when it would take more than MAX_EDITS steps. */
function shortestEdits(a: readonly string[], b: readonly string[]): Edits | null {
  const most = Math.min(a.length + b.length, MAX_EDITS)
  const trace: Map<number, number>[] = []
  let furthest = new Map<number, number>([[1, 0]])
  for (let depth = 0; depth <= most; depth++) {
    trace.push(furthest)
    const next = new Map(furthest)
    for (let k = -depth; k <= depth; k += 2) {
      const down = comesFromAbove(furthest, k, depth)
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      next.set(k, x)
      if (x >= a.length && x - k >= b.length)
        return { steps: backtrack(a, b, trace), approximate: false }
    }
    furthest = next
  }
  return null
}

function backtrack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): Edits['steps'] {
  const steps: Edits['steps'][number][] = []
  let x = a.length
  let y = b.length
  for (const [depth, furthest] of [...trace.entries()].reverse()) {
    const down = comesFromAbove(furthest, x - y, depth)
    const fromK = down ? x - y + 1 : x - y - 1
    const [fromX, fromY] = depth === 0 ? [0, 0] : [at(furthest, fromK), at(furthest, fromK) - fromK]
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      steps.push({ sign: ' ', line: x, text: a[x - 1] ?? '' })
      x--
      y--
    }
    if (depth === 0) break
    if (down) steps.push({ sign: '+', line: y, text: b[y - 1] ?? '' })
    else steps.push({ sign: '-', line: x, text: a[x - 1] ?? '' })
    x = fromX
    y = fromY
  }
  return steps.reverse()
}

/** Whether the furthest way to diagonal `k` ends with an added line rather than a removed one. */
function comesFromAbove(furthest: ReadonlyMap<number, number>, k: number, depth: number): boolean {
  return k === -depth || (k !== depth && at(furthest, k - 1) < at(furthest, k + 1))
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1
}

function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}
