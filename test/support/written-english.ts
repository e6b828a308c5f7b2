import { isNode, type SourceFile, type SyntaxNode } from './source-file.js'

/** Attributes whose value a person reads or hears. */
const SPOKEN =
  /^(?:label|title|placeholder|hint|alt|description|confirm|submit|note|text|aria-(?:label|description|roledescription|valuetext|placeholder))$/
/** Words of a language: at least one with two small letters in a row, and nothing of what programs write. */
const WORDS = /^(?=.*\p{Ll}{2})[\p{L}\p{M}\p{N}\s.,:;!?…%()“”"'’–—/&+-]+$/u
/** The same in every language. */
const NAMES: ReadonlySet<string> = new Set(['Smart Agents'])

interface Written {
  readonly node: SyntaxNode
  readonly text: string
}

/** English that is written out where a window says something: in what a component draws, and in code that composes. */
export function englishIn(file: SourceFile): readonly string[] {
  if (file.isTest) return []
  const drawn = file.nodes.flatMap(drawnBy)
  const composed = [...writtenBelow(file.nodes[0])].filter(({ text }) => readsAsWords(text))
  const places = new Map([...drawn, ...composed].map((each) => [each.node.start, each]))
  return [...places.values()]
    .map(({ node, text }) => ({ node, text: text.replaceAll(/\s+/g, ' ').trim() }))
    .filter(({ text }) => WORDS.test(text) && !NAMES.has(text))
    .map(({ node, text }) => `${file.path}:${file.lineOf(node)} says ${JSON.stringify(text)}`)
}

/** What stands between tags and in what is spoken: there a single small word is said as well. */
function drawnBy(node: SyntaxNode): readonly Written[] {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    return childrenOf(node).flatMap((child) =>
      child.type === 'JSXText' ? [{ node: child, text: String(child['value']) }] : within(child),
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

function within(node: SyntaxNode): readonly Written[] {
  return node.type === 'JSXExpressionContainer' ? textsOf(node['expression']) : []
}

/** What an expression can come to, as far as it is written out. */
function textsOf(expression: unknown): readonly Written[] {
  if (!isNode(expression)) return []
  switch (expression.type) {
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
      return literalsIn(expression)
  }
}

function literalsIn(node: SyntaxNode): readonly Written[] {
  if (node.type === 'Literal') {
    return typeof node['value'] === 'string' ? [{ node, text: node['value'] }] : []
  }
  if (node.type !== 'TemplateLiteral') return []
  const quasis = node['quasis'] as ReadonlyArray<SyntaxNode & { value: { readonly raw: string } }>
  return quasis.map((quasi) => ({ node: quasi, text: quasi.value.raw }))
}

/** Every text in an expression or a statement, but those that only programs and developers read. */
function* writtenBelow(value: unknown): Generator<Written> {
  if (Array.isArray(value)) {
    for (const item of value) yield* writtenBelow(item)
  } else if (isNode(value)) {
    yield* literalsIn(value)
    for (const part of partsToRead(value)) yield* writtenBelow(part)
  }
}

function partsToRead(node: SyntaxNode): readonly unknown[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return []
    case 'SwitchCase':
      return [node['consequent']]
    case 'Property':
      return [node['value']]
    case 'JSXAttribute': {
      const { name } = node['name'] as { readonly name: unknown }
      return name === 'className' || !isNode(node['value']) ? [] : partsToRead(node['value'])
    }
    case 'BinaryExpression':
      return node['operator'] === '+'
        ? Object.values(node)
        : [node['left'], node['right']].filter(isNoLiteral)
    case 'CallExpression':
      return isForPrograms(node['callee']) ? [node['callee']] : Object.values(node)
    case 'MemberExpression':
      return [node['object']]
    case 'NewExpression':
      return rootOf(node['callee']) === 'Error' ? [] : Object.values(node)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return [node['expression']]
    default:
      return node.type.startsWith('TS') ? [] : Object.values(node)
  }
}

function isNoLiteral(value: unknown): boolean {
  return !isNode(value) || value.type !== 'Literal'
}

/** Methods whose arguments are compared with something, or find an element. */
const MATCHERS = /^(?:startsWith|endsWith|includes|querySelector|querySelectorAll|closest|matches)$/

function isForPrograms(callee: unknown): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression') return false
  return rootOf(callee) === 'console' || MATCHERS.test(String(nameOf(callee['property'])))
}

/** `console` of `console.warn`, `Error` of `Error`. */
function rootOf(callee: unknown): unknown {
  if (!isNode(callee)) return null
  return callee.type === 'MemberExpression' ? rootOf(callee['object']) : nameOf(callee)
}

function nameOf(identifier: unknown): unknown {
  return isNode(identifier) ? identifier['name'] : null
}

/** A class or a value of a style sheet: `px-1.5`, `hover:underline`, `1px`, or one of the few that are plain words. */
const STYLE =
  /^(?:[a-z0-9]+(?:[-:/][\w.%()[\]/-]+)+|\d+px|solid|dashed|flex|grid|block|inline|hidden|truncate|relative|absolute|fixed|sticky|border|rounded|underline|figures|group)$/
/** A stroke of the keyboard, as the window writes it down: `Mod+Shift+1`, `Escape`. */
const STROKE =
  /^(?:(?:Mod|Alt|Shift)\+)*(?:.|Alt|Backspace|Control|Ctrl|Dead|Delete|End|Enter|Esc|Escape|Home|Meta|Mod|Process|Shift|Space|Tab|Unidentified)$/

/** A word with a capital, or two words in a row, where not all of them are styles or keys. */
function readsAsWords(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.every((word) => STYLE.test(word) || STROKE.test(word))) return false
  const capital = words.some((word) => /^\p{Lu}\p{Ll}+\P{L}*$/u.test(word))
  return capital || /\p{Ll}{2,} \p{Ll}{2,}/u.test(text)
}
