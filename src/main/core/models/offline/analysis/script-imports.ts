import type { FoundLine } from '../tool-text.js'
import type { ImportEdge } from './module-graph.js'

/** For search_files, over file names alone so that ignored files stay ignored. */
export const SCRIPT_NAMES = '{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte}'

/**
 * Lines that import from inside the workspace, and the first lines of type imports that span
 * several (their last line alone does not tell).
 */
export const SCRIPT_IMPORT_PATTERN =
  '(\\bfrom|\\bimport|\\brequire\\(|\\bimport\\()\\s*[\'"](\\.{1,2}/|\\.{1,2}[\'"]|@/|~/|#/)|^\\s*(import|export) type \\{[^}]*$'

const SPECIFIER =
  /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*(['"])((?:\.{1,2}(?:\/|(?=['"]))|@\/|~\/|#\/)[^'"]*)\1/g
const TYPE_ONLY = /^\s*(?:import|export)\s+type\b/
const TYPE_OPENING = /^\s*(?:import|export)\s+type\s*\{[^}]*$/
const COMMENT = /^\s*(?:\/\/|\*|\/\*)/
const FILE_ENDING = /\.(?:d\.ts|[cm]?[jt]sx?|vue|svelte)$/

/**
 * The edges between modules of JavaScript and TypeScript. A module is its path without ending and
 * without `/index`, so that `./a`, `./a.js` and `./a/index.ts` are one.
 */
export function scriptEdges(hits: readonly FoundLine[]): ImportEdge[] {
  const edges: ImportEdge[] = []
  let openType: FoundLine | null = null
  for (const hit of hits) {
    if (COMMENT.test(hit.text)) continue
    if (TYPE_OPENING.test(hit.text)) {
      openType = hit
      continue
    }
    const closesType = openType?.path === hit.path && /^\s*\}\s*from\b/.test(hit.text)
    openType = null
    const typeOnly = closesType || TYPE_ONLY.test(hit.text)
    for (const match of hit.text.matchAll(SPECIFIER)) {
      const to = resolved(hit.path, match[2] ?? '')
      if (to !== null) edges.push({ from: moduleOf(hit.path), to, typeOnly })
    }
  }
  return edges
}

/** Null when it points out of the workspace or at something that is no module (a style, an image). */
function resolved(from: string, specifier: string): string | null {
  // `./b.js?worker` is still `./b.js`; a leading `#` belongs to the name.
  const bare = specifier.startsWith('#/') ? specifier : specifier.replace(/[?#].*$/, '')
  if (/\.(?:css|scss|less|svg|png|jpe?g|gif|webp|json|md|html|wasm|txt)$/i.test(bare)) return null
  if (/^[@~#]\//.test(bare)) return moduleOf(`${aliasRoot(from)}${bare.slice(2)}`)
  const parts = from.split('/').slice(0, -1)
  for (const part of bare.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return moduleOf(parts.join('/'))
}

/** `@/` and `~/` mean the nearest `src` by custom, and the workspace where there is none. */
function aliasRoot(from: string): string {
  const at = `/${from}`.lastIndexOf('/src/')
  return at === -1 ? '' : `${from.slice(0, at)}src/`.replace(/^\//, '')
}

export function moduleOf(path: string): string {
  const bare = path.replace(FILE_ENDING, '')
  return bare.replace(/(?:^|\/)index$/, '') || '.'
}
