import { type ComponentProps, isValidElement, memo, type ReactNode } from 'react'
import {
  type Components,
  defaultRehypePlugins,
  defaultRemarkPlugins,
  Streamdown,
  useIsCodeFenceIncomplete,
} from 'streamdown'
import { CodeBlock } from './code-block.js'
import { literalHtml } from './literal-html.js'
import { TaskLink } from './task-link.js'
import { taskLinks, taskOf } from './task-links.js'

interface MarkdownProps {
  readonly text: string
  /** While text still comes, what is not closed yet is shown as if it were. */
  readonly growing?: boolean
}

/** Markdown from a model or a report: no raw HTML, no images from elsewhere, safe links. */
export const Markdown = memo(function Markdown({ text, growing = false }: MarkdownProps) {
  return (
    <Streamdown
      className="markdown"
      components={COMPONENTS}
      controls={false}
      isAnimating={growing}
      linkSafety={NO_DIALOG}
      parseIncompleteMarkdown={growing}
      rehypePlugins={REHYPE}
      remarkPlugins={REMARK}
    >
      {text}
    </Streamdown>
  )
})

const NO_DIALOG = { enabled: false }
const REMARK = [...Object.values(defaultRemarkPlugins), literalHtml, taskLinks]
const REHYPE = [defaultRehypePlugins['sanitize']].filter((plugin) => plugin !== undefined)

// The library's index signature forbids typed props, although it hands them over as typed here.
const COMPONENTS = {
  h1: heading('h3', 1),
  h2: heading('h3', 2),
  h3: heading('h4', 3),
  h4: heading('h5', 4),
  h5: heading('h6', 5),
  h6: heading('h6', 6),
  p: 'p',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  hr: 'hr',
  strong: 'strong',
  blockquote: 'blockquote',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  sub: 'sub',
  sup: 'sup',
  section: 'section',
  a: Link,
  img: ImageLink,
  input: Checkbox,
  table: Table,
  code: FencedCode,
  inlineCode: InlineCode,
} as Components

/** The headings of a text stand below those of the pane that shows it. */
function heading(Tag: 'h3' | 'h4' | 'h5' | 'h6', rank: number) {
  return function Heading({ children }: ComponentProps<'h1'>) {
    return <Tag data-rank={rank}>{children}</Tag>
  }
}

function Link({ href, children }: ComponentProps<'a'>) {
  const taskId = taskOf(href ?? '')
  if (taskId !== null) return <TaskLink taskId={taskId}>{children}</TaskLink>
  if (!href || !/^(https?|mailto):/.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** Loading an image would tell its server that this text was read; a link asks first. */
function ImageLink({ src, alt }: ComponentProps<'img'>) {
  return <Link href={typeof src === 'string' ? src : ''}>{alt || 'Image'}</Link>
}

function Table({ children }: ComponentProps<'table'>) {
  return (
    <section className="table-scroll md-gap" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  )
}

/** The only input that Markdown knows: the box of a task list. */
function Checkbox({ checked }: ComponentProps<'input'>) {
  const label = checked ? 'Done' : 'Not done'
  return <input type="checkbox" aria-label={label} checked={checked ?? false} disabled readOnly />
}

function InlineCode({ children }: ComponentProps<'code'>) {
  const code = <code>{children}</code>
  const taskId = taskOf(textOf(children))
  return taskId === null ? code : <TaskLink taskId={taskId}>{code}</TaskLink>
}

function FencedCode({ className, children }: ComponentProps<'code'>) {
  const growing = useIsCodeFenceIncomplete()
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? ''
  return (
    <CodeBlock code={textOf(children).replace(/\n$/, '')} language={language} growing={growing} />
  )
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node
  if (Array.isArray(node)) return node.map(textOf).join('')
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : ''
}
