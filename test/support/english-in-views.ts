import { isNode, type SourceFile, type SyntaxNode } from './source-file.js'

/** Attributes whose value a person reads or hears. */
const SPOKEN =
  /^(?:label|title|placeholder|hint|alt|description|confirm|submit|note|text|aria-(?:label|description|roledescription|valuetext|placeholder))$/
/** Words of a language: at least one with two small letters in a row, and nothing of what programs write. */
const WORDS = /^(?=.*\p{Ll}{2})[\p{L}\p{M}\p{N}\s.,:;!?…%()“”"'’–—/&+-]+$/u
/** The same in every language. */
const NAMES: ReadonlySet<string> = new Set(['Smart Agents'])

/** English that is written out in what a component draws: between tags, and in what is spoken. */
export function englishIn(file: SourceFile): readonly string[] {
  if (!file.path.endsWith('.tsx') || file.isTest) return []
  return file.nodes.flatMap((node) =>
    spokenIn(node)
      .map((text) => text.replaceAll(/\s+/g, ' ').trim())
      .filter((text) => WORDS.test(text) && !NAMES.has(text))
      .map((text) => `${file.path}:${file.lineOf(node)} says ${JSON.stringify(text)}`),
  )
}

function spokenIn(node: SyntaxNode): readonly string[] {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    return childrenOf(node).flatMap((child) =>
      child.type === 'JSXText' ? [String(child['value'])] : within(child),
    )
  }
  if (node.type !== 'JSXAttribute') return []
  const { name } = node['name'] as { readonly name: unknown }
  const value = node['value']
  if (typeof name !== 'string' || !SPOKEN.test(name) || !isNode(value)) return []
  return value.type === 'JSXExpressionContainer' ? within(value) : textsOf(value)
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children = node['children']
  return Array.isArray(children) ? children.filter(isNode) : []
}

function within(node: SyntaxNode): readonly string[] {
  return node.type === 'JSXExpressionContainer' ? textsOf(node['expression']) : []
}

/** What an expression can come to, as far as it is written out. */
function textsOf(expression: unknown): readonly string[] {
  if (!isNode(expression)) return []
  switch (expression.type) {
    case 'Literal':
      return typeof expression['value'] === 'string' ? [expression['value']] : []
    case 'TemplateLiteral': {
      const parts = expression['quasis'] as readonly { readonly value: { readonly raw: string } }[]
      return parts.map(({ value }) => value.raw)
    }
    case 'ConditionalExpression':
      return [...textsOf(expression['consequent']), ...textsOf(expression['alternate'])]
    case 'BinaryExpression':
      // What is compared is not said.
      if (expression['operator'] !== '+') return []
      return [...textsOf(expression['left']), ...textsOf(expression['right'])]
    case 'LogicalExpression':
      return [...textsOf(expression['left']), ...textsOf(expression['right'])]
    case 'ParenthesizedExpression':
      return textsOf(expression['expression'])
    default:
      return []
  }
}
