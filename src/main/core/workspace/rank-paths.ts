/** A path that fits, and how well; smaller is better. */
interface RankedPath {
  readonly path: string
  readonly kind: 'file' | 'folder'
  readonly cost: number
}

/**
 * How well a path fits what was typed: null where it does not. All letters must be there in order;
 * those of the name count most, those that stand together more than those that are strewn.
 */
export function costOf(path: string, query: string): number | null {
  const wanted = query.toLowerCase()
  if (wanted === '') return path.split('/').length * 100 + path.length
  const lower = path.toLowerCase()
  const name = lower.slice(lower.lastIndexOf('/') + 1)
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 100 + path.length
  if (lower.startsWith(wanted)) return 200 + path.length
  if (name.includes(wanted)) return 300 + path.length
  if (lower.includes(wanted)) return 600 + path.length
  const gaps = gapsIn(lower, wanted)
  return gaps === null ? null : 2000 + gaps * 20 + path.length
}

/** In how many pieces the letters lie in a text, each as late as it can be; null where one is missing. */
function gapsIn(text: string, wanted: string): number | null {
  let gaps = 0
  let at = text.length
  for (let index = wanted.length - 1; index >= 0; index--) {
    const found = text.lastIndexOf(wanted[index] ?? '', at - 1)
    if (found < 0 || at === 0) return null
    if (found !== at - 1) gaps++
    at = found
  }
  return gaps
}

/** Collects the best of many paths, each seen once, with the folders that they are in. */
export class BestPaths {
  readonly #query: string
  readonly #limit: number
  readonly #folders = new Set<string>()
  #best: RankedPath[] = []

  constructor(query: string, limit: number) {
    this.#query = query
    this.#limit = limit
  }

  add(path: string): void {
    this.#offer(path, 'file')
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (this.#folders.has(folder)) return
      this.#folders.add(folder)
      this.#offer(folder, 'folder')
    }
  }

  take(): { path: string; kind: 'file' | 'folder' }[] {
    this.#trim()
    return this.#best.map(({ path, kind }) => ({ path, kind }))
  }

  #offer(path: string, kind: RankedPath['kind']): void {
    const cost = costOf(path, this.#query)
    if (cost === null) return
    this.#best.push({ path, kind, cost })
    if (this.#best.length > this.#limit * 8) this.#trim()
  }

  #trim(): void {
    this.#best.sort((a, b) => a.cost - b.cost || (a.path < b.path ? -1 : 1))
    this.#best = this.#best.slice(0, this.#limit)
  }
}
