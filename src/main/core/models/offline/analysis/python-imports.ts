import type { FoundLine } from '../tool-text.js'
import type { ImportEdge } from './module-graph.js'

export const PYTHON_NAMES = '{py,pyi}'
export const PYTHON_IMPORT_PATTERN = '^\\s*(from\\s+[.\\w]+\\s+import\\b|import\\s+\\w)'

interface Names {
  /** Dotted name to path without ending, for every way a module can be called from a source root. */
  readonly byDotted: ReadonlyMap<string, string>
}

/**
 * The edges between modules of Python. Which imports are local is known from the files that import
 * something themselves: a module that imports nothing can be no part of a cycle.
 */
export function pythonEdges(hits: readonly FoundLine[]): ImportEdge[] {
  const names = namesOf(new Set(hits.map((hit) => hit.path)))
  return hits.flatMap(({ path, text }) =>
    targetsOf(path, text.trim(), names).map((to) => ({
      from: pythonModule(path),
      to,
      typeOnly: false,
    })),
  )
}

export function pythonModule(path: string): string {
  return path.replace(/\.pyi?$/, '').replace(/\/__init__$/, '')
}

function namesOf(paths: ReadonlySet<string>): Names {
  const byDotted = new Map<string, string>()
  for (const path of paths) {
    const module = pythonModule(path)
    const parts = module.split('/')
    // `src/app/x.py` is `src.app.x` from the workspace and `app.x` from a source root.
    const starts = parts.length > 1 && /^(?:src|lib|python)$/.test(parts[0] ?? '') ? [0, 1] : [0]
    for (const start of starts) byDotted.set(parts.slice(start).join('.'), module)
  }
  return { byDotted }
}

function targetsOf(path: string, text: string, names: Names): string[] {
  const from = /^from\s+(\.*)([\w.]*)\s+import\s+\(?\s*([^#)]*)/.exec(text)
  if (from !== null) {
    const [, dots = '', module = '', imported = ''] = from
    const base = dots === '' ? module : relativeName(path, dots.length, module)
    if (base === null) return []
    return submodules(base, imported, names, dots !== '')
  }
  const plain = /^import\s+([^#]+)/.exec(text)
  return (plain?.[1] ?? '').split(',').flatMap((part) => {
    const name = part.trim().split(/\s+/)[0] ?? ''
    const found = names.byDotted.get(name)
    return found === undefined ? [] : [found]
  })
}

/** `from . import a, b` names modules; `from .a import thing` names what is in one. */
function submodules(base: string, imported: string, names: Names, relative: boolean): string[] {
  const parts = imported
    .split(',')
    .map((part) => part.trim().split(/\s+/)[0] ?? '')
    .filter((part) => /^\w+$/.test(part))
  const below = parts.flatMap(
    (part) => names.byDotted.get(base === '' ? part : `${base}.${part}`) ?? [],
  )
  if (below.length > 0) return below
  const own = names.byDotted.get(base)
  if (own !== undefined) return [own]
  return relative && base !== '' ? [base.replaceAll('.', '/')] : []
}

/** One dot is the package that holds the file, each further dot one level up. */
function relativeName(path: string, dots: number, module: string): string | null {
  const parts = path.split('/').slice(0, -1)
  if (dots - 1 > parts.length) return null
  const base = parts.slice(0, parts.length - (dots - 1))
  return [...base, ...(module === '' ? [] : module.split('.'))].join('.')
}
