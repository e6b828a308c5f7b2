import path from 'node:path'
import { parseSync } from 'vite'

export interface Import {
  readonly specifier: string
  readonly line: number
  /** `import type` and `export type`: gone at run time. */
  readonly typeOnly: boolean
}

/** A node of the syntax tree, as far as the rules look at it. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

export interface SourceFile {
  /** Relative to the project's root, with forward slashes. */
  readonly path: string
  readonly isTest: boolean
  readonly lines: number
  readonly imports: readonly Import[]
  readonly comments: readonly { readonly text: string; readonly line: number }[]
  readonly nodes: readonly SyntaxNode[]
  lineOf(node: SyntaxNode): number
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item)
  } else if (isNode(value)) {
    yield value
    for (const child of Object.values(value)) yield* walk(child)
  }
}

/** The text of a string literal or of a template, its holes left empty. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal') {
    return typeof node['value'] === 'string' ? node['value'] : undefined
  }
  if (node.type !== 'TemplateLiteral') return undefined
  const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string | null } }[]
  return quasis.map((quasi) => quasi.value.cooked ?? '').join(' ')
}

/** The module that a node names, and whether only types come from it. */
function importOf(node: SyntaxNode): { specifier: string; typeOnly: boolean } | undefined {
  const specifier = textOf(node['source'])
  if (specifier === undefined) return undefined
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier, typeOnly: node['importKind'] === 'type' }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return { specifier, typeOnly: node['exportKind'] === 'type' }
    case 'ImportExpression':
      return { specifier, typeOnly: false }
    case 'TSImportType':
      return { specifier, typeOnly: true }
    default:
      return undefined
  }
}

const testFile = /\.(test|spec)\.tsx?$|^(test|e2e)\//

/** Parses one file; a file that does not parse is an error. */
export function parseSource(file: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(file, text, { sourceType: 'module' })
  if (errors[0] !== undefined) throw new Error(`${file} does not parse: ${errors[0].message}`)
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1
  const nodes = [...walk(program)]
  return {
    path: file.split(path.sep).join('/'),
    isTest: testFile.test(file.split(path.sep).join('/')),
    lines: text.endsWith('\n') ? starts.length - 1 : starts.length,
    imports: nodes.flatMap((node) => {
      const found = importOf(node)
      return found === undefined ? [] : [{ ...found, line: lineAt(node.start) }]
    }),
    comments: comments.map((comment) => ({ text: comment.value, line: lineAt(comment.start) })),
    nodes,
    lineOf: (node) => lineAt(node.start),
  }
}
