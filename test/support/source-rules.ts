import { isNode, type SourceFile, type SyntaxNode, textOf } from './source-file.js'

type Rule = (file: SourceFile) => readonly string[]

const STORE = 'src/main/core/store/'
const MIGRATIONS = `${STORE}migrations/`

const noSuppressions: Rule = (file) =>
  file.comments.flatMap(({ text, line }) => {
    const banned = /biome-ignore|eslint-disable|@ts-ignore|@ts-nocheck/.exec(text)
    const expected = file.isTest ? null : /@ts-expect-error/.exec(text)
    const found = banned ?? expected
    return found === null
      ? []
      : [
          `${file.path}:${line} suppresses a check (${found[0]}): repair the code, or change the rule for everybody`,
        ]
  })

const noDefaultExports: Rule = (file) =>
  file.nodes
    .filter((node) => node.type === 'ExportDefaultDeclaration')
    .map((node) => `${file.path}:${file.lineOf(node)} has a default export: give it a name`)

const kebabCase: Rule = (file) => {
  const wrong = file.path
    .split('/')
    .find((part) => !part.split('.').every((word) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word)))
  return wrong === undefined ? [] : [`${file.path}: '${wrong}' is not kebab-case`]
}

const fileSize: Rule = (file) => {
  if (file.path.startsWith(MIGRATIONS)) return []
  const limit = file.isTest ? 800 : 500
  if (file.lines <= limit) return []
  return [`${file.path} has ${file.lines} lines, more than ${limit}: it has two jobs, split it`]
}

/** A statement by its shape, so that a sentence which begins with "Select" or "Update" is none. */
const sql =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|trigger|virtual)\s|pragma\s+\w+)/i

const sqlOnlyInStore: Rule = (file) => {
  if (file.isTest || file.path.startsWith(STORE) || !file.path.startsWith('src/')) return []
  return file.nodes.flatMap((node) => {
    const where = `${file.path}:${file.lineOf(node)}`
    const advice = `SQL lives in ${STORE}queries`
    if (sql.test(textOf(node) ?? '')) return [`${where} contains SQL: ${advice}`]
    const isPrepare = node.type === 'CallExpression' && memberName(node['callee']) === 'prepare'
    return isPrepare ? [`${where} calls .prepare(): ${advice}`] : []
  })
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : undefined
}

function memberName(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'MemberExpression') return undefined
  return node['computed'] ? textOf(node['property']) : nameOf(node['property'])
}

const ambientMembers = ['process.env', 'Date.now', 'performance.now', 'AbortSignal.timeout']
const ambientCalls = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'Date',
]
const ambientModules = ['node:process', 'node:timers', 'node:timers/promises', 'node:perf_hooks']

function ambient(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const member = `${nameOf(node['object'])}.${memberName(node)}`
    return ambientMembers.find((name) => name === member || `globalThis.${name}` === member)
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') {
    return (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : undefined
  }
  if (node.type !== 'CallExpression') return undefined
  const callee = node['callee']
  const isGlobal = isNode(callee) && nameOf(callee['object']) === 'globalThis'
  const called = nameOf(callee) ?? (isGlobal ? memberName(callee) : undefined)
  return ambientCalls.find((name) => name === called)
}

const coreHasNoAmbience: Rule = (file) => {
  if (file.isTest || !file.path.startsWith('src/main/core/')) return []
  const advice = 'core gets clock, timers and settings through its ports'
  const uses = file.nodes.flatMap((node) => {
    const name = ambient(node)
    return name === undefined ? [] : [`${file.path}:${file.lineOf(node)} uses ${name}: ${advice}`]
  })
  const imports = file.imports
    .filter((found) => !found.typeOnly && ambientModules.includes(found.specifier))
    .map((found) => `${file.path}:${found.line} imports ${found.specifier}: ${advice}`)
  return [...uses, ...imports]
}

const roots = ['src/main/index.ts', 'src/main/server.ts', 'src/main/cli.ts']

const compositionRoots: Rule = (file) =>
  /^src\/main\/[^/]+$/.test(file.path) && !roots.includes(file.path)
    ? [`${file.path}: src/main itself holds only the composition roots ${roots.join(', ')}`]
    : []

/** Rules that look at one file at a time. */
export const sourceRules = {
  noSuppressions,
  noDefaultExports,
  kebabCase,
  fileSize,
  sqlOnlyInStore,
  coreHasNoAmbience,
  compositionRoots,
}
