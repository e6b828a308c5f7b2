import type { Links } from 'marked'
import { memo, useState } from 'react'
import { BlockView } from './block-view.js'
import { type BlockGroup, type Blocks, blocksOf, NO_BLOCKS } from './blocks.js'

interface MarkdownProps {
  readonly text: string
  /** While text still comes, what is not closed yet is shown as if it were. */
  readonly growing?: boolean
}

/**
 * Markdown from a model or a report: no raw HTML, no images from elsewhere, safe links. Of a text that
 * grows only its last blocks are read and drawn again.
 */
export const Markdown = memo(function Markdown({ text, growing = false }: MarkdownProps) {
  // What is known of the text before, from drawing to drawing; made anew from the text at any time.
  const [memory] = useState<{ blocks: Blocks }>(() => ({ blocks: NO_BLOCKS }))
  const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const blocks = blocksOf(plain, memory.blocks)
  memory.blocks = blocks
  const links = growing || Object.keys(blocks.links).length === 0 ? null : blocks.links
  const last = blocks.groups.length - 1
  return (
    <div className="markdown" data-growing={growing ? true : undefined}>
      {blocks.groups.map((group, index) => (
        <Group key={index} group={group} growing={growing && index === last} links={links} />
      ))}
    </div>
  )
})

interface GroupProps {
  readonly group: BlockGroup
  readonly growing: boolean
  readonly links: Links | null
}

const Group = memo(function Group({ group, growing, links }: GroupProps) {
  return (
    <div className="md-group">
      {group.map(({ raw, fence }, index) => (
        <BlockView
          key={index}
          raw={raw}
          fence={fence}
          growing={growing && index === group.length - 1}
          links={links}
        />
      ))}
    </div>
  )
})
