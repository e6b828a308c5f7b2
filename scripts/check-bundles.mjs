import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { parseSync } from 'vite'

/**
 * What a bundle must not load. The command line must start fast, and nothing but Electron's own process may need
 * Electron; code splitting could break both without a word in the sources.
 */
const forbidden = {
  'main/cli.js': ['better-sqlite3', '@anthropic-ai/sdk', 'systeminformation', 'electron'],
  'main/server.js': ['electron'],
}

/** @param {string} file */
function importsOf(file) {
  const text = readFileSync(file, 'utf8')
  const { module } = parseSync(file, text)
  const fixed = [...module.staticImports, ...module.staticExports.flatMap((found) => found.entries)]
    .map((found) => found.moduleRequest?.value)
    .filter((specifier) => specifier !== undefined)
  const dynamic = module.dynamicImports
    .map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end))
    .filter((source) => /^(['"`])[^'"`$]+\1$/.test(source))
    .map((source) => source.slice(1, -1))
  return [...fixed, ...dynamic]
}

/**
 * @param {string} file
 * @param {Map<string, string>} found package → the bundle that imports it
 * @param {Set<string>} seen
 */
function collectPackages(file, found, seen = new Set()) {
  if (seen.has(file)) return found
  seen.add(file)
  for (const specifier of importsOf(file)) {
    const target = path.join(path.dirname(file), specifier)
    if (!specifier.startsWith('.')) found.set(specifier, path.basename(file))
    else if (existsSync(target)) collectPackages(target, found, seen)
  }
  return found
}

/** @param {string} file */
function checkPreload(file) {
  const required = readFileSync(file, 'utf8').matchAll(/\brequire\((['"`])([^'"`]+)\1\)/g)
  return [...required]
    .map(([, , name]) => name)
    .filter((name) => name !== 'electron')
    .map((name) => `${path.basename(file)} requires ${name}, which a sandboxed preload cannot`)
}

/**
 * Looks at what was built.
 *
 * @param {string} out
 * @returns {string[]} what is wrong
 */
export function checkBundles(out) {
  const problems = Object.entries(forbidden).flatMap(([bundle, banned]) => {
    const packages = collectPackages(path.join(out, bundle), new Map())
    return [...packages]
      .filter(([name]) => !isBuiltin(name))
      .filter(([name]) => banned.some((ban) => name === ban || name.startsWith(`${ban}/`)))
      .map(([name, through]) => `${bundle} loads ${name} through ${through}`)
  })
  return [...problems, ...checkPreload(path.join(out, 'preload/index.cjs'))]
}
