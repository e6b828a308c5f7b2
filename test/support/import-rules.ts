import { isBuiltin } from 'node:module'
import path from 'node:path'
import { coreEntry, importTable, type Layer, tools } from './import-table.js'
import type { Import, SourceFile } from './source-file.js'

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** What a test beside the code may import on top of its layer. */
const testPackages = ['vitest', 'fast-check', '@copilotkit/aimock']

/** The layer that a file belongs to: the deepest one that holds it. */
export function layerOf(file: string): [string, Layer] | undefined {
  return Object.entries(importTable)
    .filter(([, layer]) => file === layer.path || file.startsWith(`${layer.path}/`))
    .toSorted(([, a], [, b]) => b.path.length - a.path.length)[0]
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function allowedPackages(layer: Layer, manifest: Manifest): ReadonlySet<string> {
  const ui = Object.keys(manifest.devDependencies).filter(
    (name) => !tools.includes(name) && !name.startsWith('@types/'),
  )
  const allowed = layer.packages.flatMap((name) => {
    if (name === 'runtime') return Object.keys(manifest.dependencies)
    return name === 'ui' ? ui : [name]
  })
  return new Set(allowed.filter((name) => !layer.never.includes(name)))
}

function whatIsAllowed(layer: Layer, manifest: Manifest): string {
  const layers = layer.layers.map((name) =>
    name === 'core:entry' ? `core's entry (${coreEntry.join(', ')})` : name,
  )
  const node = layer.node ? ['node:*'] : []
  const may = [...layers, ...node, ...allowedPackages(layer, manifest)].join(', ')
  const types = layer.typesOnly ? '; from other layers only with `import type`' : ''
  return `${layer.path} may import ${may || 'nothing outside itself'}${types}`
}

function checkPackage(file: SourceFile, layer: Layer, found: Import, manifest: Manifest) {
  if (isBuiltin(found.specifier)) {
    if (!found.specifier.startsWith('node:')) return 'needs the prefix node:'
    return layer.node || file.isTest ? undefined : 'is part of Node'
  }
  const name = packageOf(found.specifier)
  if (allowedPackages(layer, manifest).has(name)) return undefined
  return file.isTest && testPackages.includes(name) ? undefined : 'is a package of another layer'
}

function checkRelative(file: SourceFile, own: [string, Layer], found: Import) {
  const target = resolveImport(file.path, found.specifier)
  if (file.isTest && target.startsWith('test/support/')) return undefined
  const other = layerOf(target)
  if (other === undefined) return 'lies outside of every layer'
  const [ownName, layer] = own
  const [otherName] = other
  if (otherName === ownName) return undefined
  if (layer.typesOnly && !found.typeOnly) return `is another layer (${otherName}) at run time`
  if (layer.layers.includes(otherName)) return undefined
  const isCore = otherName === 'core' || otherName === 'store'
  if (!isCore || !layer.layers.includes('core:entry')) return `belongs to ${otherName}`
  return coreEntry.includes(target) ? undefined : "is inside core, behind core's entry"
}

/** Path of the source that a relative import means. */
export function resolveImport(from: string, specifier: string): string {
  const target = path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ''))
  return target.replace(/\.js$/, '.ts')
}

/** Checks the imports of one file against the table. */
export function checkImports(file: SourceFile, manifest: Manifest): readonly string[] {
  const own = layerOf(file.path)
  if (own === undefined) {
    const known = Object.values(importTable).map((layer) => layer.path)
    return [`${file.path} belongs to no layer: move it into one of ${known.join(', ')}`]
  }
  return file.imports.flatMap((found) => {
    const problem = found.specifier.startsWith('.')
      ? checkRelative(file, own, found)
      : checkPackage(file, own[1], found, manifest)
    if (problem === undefined) return []
    const where = `${file.path}:${found.line} imports '${found.specifier}', which ${problem}`
    return [`${where}. ${whatIsAllowed(own[1], manifest)}.`]
  })
}

/**
 * Import cycles, each once, as the path around it. Imports of types are left out: they are gone at run time, and two
 * types may well need each other.
 */
export function findCycles(files: readonly SourceFile[]): readonly string[] {
  const known = new Set(files.map((file) => file.path))
  const targets = new Map(
    files.map((file) => {
      const runtime = file.imports.filter((found) => !found.typeOnly)
      const resolved = runtime.map((found) => resolveImport(file.path, found.specifier))
      return [file.path, resolved.map((to) => (known.has(to) ? to : to.replace(/\.ts$/, '.tsx')))]
    }),
  )
  const cycles: string[] = []
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (file: string) => {
    const start = trail.indexOf(file)
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' → '))
    if (start >= 0 || done.has(file)) return
    trail.push(file)
    for (const target of targets.get(file) ?? []) visit(target)
    trail.pop()
    done.add(file)
  }
  for (const file of files) visit(file.path)
  return cycles.map((cycle) => `${cycle}: break it, or import only types one way`)
}
