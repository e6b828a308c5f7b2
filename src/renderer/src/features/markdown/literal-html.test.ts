import { expect, it } from 'vitest'
import { literalHtml, type MarkdownNode } from './literal-html.js'

it('turns HTML into the text that was written', () => {
  const tree: MarkdownNode = {
    type: 'root',
    children: [
      { type: 'html', value: '<script>x</script>' },
      { type: 'paragraph', children: [{ type: 'html', value: '<b>' }] },
    ],
  }
  literalHtml()(tree)
  expect(tree.children).toEqual([
    { type: 'paragraph', children: [{ type: 'text', value: '<script>x</script>' }] },
    { type: 'paragraph', children: [{ type: 'text', value: '<b>' }] },
  ])
})
