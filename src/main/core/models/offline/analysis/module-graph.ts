/** Who imports whom. Nodes are module names; an edge that only carries types is marked. */
export interface ImportEdge {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

export class ModuleGraph {
  readonly #targets = new Map<string, Set<string>>()
  readonly #importers = new Map<string, Set<string>>()

  constructor(edges: Iterable<ImportEdge>) {
    for (const { from, to } of edges) {
      addTo(this.#targets, from, to)
      addTo(this.#importers, to, from)
    }
  }

  get modules(): number {
    return new Set([...this.#targets.keys(), ...this.#importers.keys()]).size
  }

  get edges(): number {
    return [...this.#targets.values()].reduce((sum, targets) => sum + targets.size, 0)
  }

  targetsOf(module: string): ReadonlySet<string> {
    return this.#targets.get(module) ?? new Set()
  }

  /** Modules that many others import, most first. */
  mostImported(): { module: string; importers: number }[] {
    return ranked(this.#importers).map(([module, importers]) => ({ module, importers }))
  }

  /** Modules that import many others, most first. */
  mostImporting(): { module: string; imports: number }[] {
    return ranked(this.#targets).map(([module, imports]) => ({ module, imports }))
  }

  /**
   * Groups of modules that reach each other, largest first (Tarjan's algorithm, without recursion:
   * a long chain of imports must not overflow the stack). Takes time linear in modules and edges.
   */
  components(): string[][] {
    const state = new TarjanState()
    for (const root of [...this.#targets.keys()].sort()) {
      if (!state.index.has(root)) this.#explore(root, state)
    }
    return state.components
      .filter((group) => group.length > 1 || this.targetsOf(group[0] ?? '').has(group[0] ?? ''))
      .map((group) => group.sort())
      .sort((a, b) => b.length - a.length || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
  }

  #explore(root: string, state: TarjanState): void {
    const work = [state.enter(root, this.targetsOf(root))]
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const next = frame.rest.next()
      if (next.done === true) {
        work.pop()
        state.leave(frame.module, work.at(-1)?.module)
      } else if (!state.index.has(next.value)) {
        work.push(state.enter(next.value, this.targetsOf(next.value)))
      } else if (state.onStack.has(next.value)) {
        state.lower(frame.module, state.index.get(next.value) ?? 0)
      }
    }
  }

  /** A shortest way round inside a group, beginning and ending with the same module. */
  shortestCycle(group: readonly string[]): string[] {
    const inside = new Set(group)
    let best: string[] = []
    // Each start costs a walk over the group: a few starts are enough for an example.
    for (const start of group.slice(0, MAX_CYCLE_STARTS)) {
      const cycle = this.#cycleFrom(start, inside)
      if (cycle.length > 0 && (best.length === 0 || cycle.length < best.length)) best = cycle
    }
    return best
  }

  #cycleFrom(start: string, inside: ReadonlySet<string>): string[] {
    const cameFrom = new Map<string, string>()
    const queue = [start]
    for (let at = 0; at < queue.length; at++) {
      const module = queue[at] ?? start
      for (const target of [...this.targetsOf(module)].sort()) {
        if (target === start) return [...wayTo(module, start, cameFrom), start]
        if (!inside.has(target) || cameFrom.has(target)) continue
        cameFrom.set(target, module)
        queue.push(target)
      }
    }
    return []
  }
}

const MAX_CYCLE_STARTS = 50

class TarjanState {
  readonly index = new Map<string, number>()
  readonly onStack = new Set<string>()
  readonly components: string[][] = []
  readonly #low = new Map<string, number>()
  readonly #stack: string[] = []

  enter(module: string, targets: ReadonlySet<string>) {
    const number = this.index.size
    this.index.set(module, number)
    this.#low.set(module, number)
    this.#stack.push(module)
    this.onStack.add(module)
    return { module, rest: targets.values() }
  }

  lower(module: string, to: number): void {
    this.#low.set(module, Math.min(this.#low.get(module) ?? to, to))
  }

  leave(module: string, parent: string | undefined): void {
    const low = this.#low.get(module) ?? 0
    if (low === this.index.get(module)) this.components.push(this.#popDownTo(module))
    if (parent !== undefined) this.lower(parent, low)
  }

  #popDownTo(module: string): string[] {
    const group = this.#stack.splice(this.#stack.lastIndexOf(module))
    for (const member of group) this.onStack.delete(member)
    return group
  }
}

function wayTo(module: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [module]
  for (let at = module; at !== start; ) {
    at = cameFrom.get(at) ?? start
    way.unshift(at)
  }
  return way
}

function ranked(map: ReadonlyMap<string, ReadonlySet<string>>): [string, number][] {
  return [...map]
    .map(([module, others]): [string, number] => [module, others.size])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}
