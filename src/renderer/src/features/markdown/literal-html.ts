export interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly url?: string
  children?: MarkdownNode[]
}

const HOLDS_BLOCKS = ['root', 'blockquote', 'listItem', 'footnoteDefinition']

/** A remark plugin: HTML in Markdown is shown as the text that was written, never interpreted. */
export function literalHtml(): (tree: MarkdownNode) => void {
  return visit
}

function visit(node: MarkdownNode): void {
  if (node.children === undefined) return
  node.children = node.children.map((child) => {
    if (child.type !== 'html') return child
    const text: MarkdownNode = { type: 'text', value: child.value ?? '' }
    return HOLDS_BLOCKS.includes(node.type) ? { type: 'paragraph', children: [text] } : text
  })
  for (const child of node.children) visit(child)
}
