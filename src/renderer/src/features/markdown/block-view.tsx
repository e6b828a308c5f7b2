import { Lexer, type Links, type MarkedToken, type Token, type Tokens } from 'marked'
import { Fragment, memo, type ReactNode } from 'react'
import remend from 'remend'
import { useText } from '../../text/text.js'
import type { Block } from './blocks.js'
import { CodeBlock } from './code-block.js'
import { withoutReferences } from './entities.js'
import { ImageLink, Link } from './link.js'
import { TaskLink } from './task-link.js'
import { taskOf, withTaskIds } from './task-links.js'

interface BlockViewProps {
  readonly raw: string
  readonly fence: Block['fence']
  /** The end of a text that still comes: what is not closed yet is shown as if it were. */
  readonly growing: boolean
  readonly links: Links | null
}

/** One block, read when it is drawn and never again while it stays the same. */
export const BlockView = memo(
  function BlockView({ raw, fence, growing, links }: BlockViewProps) {
    if (fence !== null) {
      const code = raw.slice(fence.codeAt)
      // In the place that it has among `nodes` once it is closed: it is not drawn anew then, and stays where it was scrolled to.
      return [
        <Fragment key={0}>
          <CodeBlock code={code} language={fence.language} growing={growing} />
        </Fragment>,
      ]
    }
    return nodes(tokensOf(growing ? remend(raw, CLOSED) : raw, links))
  },
  (a, b) =>
    a.raw === b.raw &&
    a.growing === b.growing &&
    a.links === b.links &&
    a.fence?.codeAt === b.fence?.codeAt,
)

/** HTML is text here, and a link without its address is no link yet. */
const CLOSED = { htmlTags: false, linkMode: 'text-only' } as const

function tokensOf(raw: string, links: Links | null): readonly Token[] {
  const lexer = new Lexer()
  if (links !== null) Object.assign(lexer.tokens.links, links)
  return lexer.lex(raw)
}

function nodes(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, index) => (
    <Fragment key={index}>{node(token as MarkedToken)}</Fragment>
  ))
}

/** Everything that Markdown knows. Nothing here makes HTML of what a model wrote. */
function node(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'heading':
      return <Heading depth={token.depth}>{nodes(token.tokens)}</Heading>
    case 'paragraph':
      return <p dir="auto">{nodes(token.tokens)}</p>
    case 'blockquote':
      return <blockquote dir="auto">{nodes(token.tokens)}</blockquote>
    case 'code':
      return <CodeBlock code={token.text} language={/\S+/.exec(token.lang ?? '')?.[0] ?? ''} />
    case 'list':
      return <List list={token} />
    case 'table':
      return <Table table={token} />
    case 'hr':
      return <hr />
    case 'html':
      return token.block ? <p>{token.text.trim()}</p> : token.text
    case 'space':
    case 'def':
      return null
    default:
      return inline(token)
  }
}

function inline(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined
        ? linked(withoutReferences(token.text))
        : nodes(token.tokens)
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{nodes(token.tokens)}</strong>
    case 'em':
      return <em>{nodes(token.tokens)}</em>
    case 'del':
      return <del>{nodes(token.tokens)}</del>
    case 'codespan':
      return <InlineCode code={token.text} />
    case 'br':
      return <br />
    case 'link':
      return <Link href={withoutReferences(token.href)}>{nodes(token.tokens)}</Link>
    case 'image':
      return <ImageLink href={withoutReferences(token.href)}>{token.text}</ImageLink>
    default:
      return token.raw
  }
}

/** The ids of tasks in running text lead to them. */
function linked(text: string): ReactNode {
  return withTaskIds(text).map((part, index) =>
    part.taskId === null ? (
      part.text
    ) : (
      <TaskLink key={index} taskId={part.taskId}>
        {part.text}
      </TaskLink>
    ),
  )
}

const HEADINGS = ['h3', 'h3', 'h4', 'h5', 'h6', 'h6'] as const

/** The headings of a text stand below those of the pane that shows it. */
function Heading({ depth, children }: { readonly depth: number; readonly children: ReactNode }) {
  const Tag = HEADINGS[depth - 1] ?? 'h6'
  return (
    <Tag data-rank={depth} dir="auto">
      {children}
    </Tag>
  )
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index} dir="auto">
      {item.task && <Checkbox checked={item.checked ?? false} />}
      {nodes(item.tokens.filter(({ type }) => type !== 'checkbox'))}
    </li>
  ))
  if (!list.ordered) return <ul>{items}</ul>
  return <ol start={list.start === '' ? undefined : list.start}>{items}</ol>
}

/** The only input that Markdown knows: the box of a task list. */
function Checkbox({ checked }: { readonly checked: boolean }) {
  const text = useText().chat.markdown
  const label = checked ? text.done : text.notDone
  return <input type="checkbox" aria-label={label} checked={checked} disabled readOnly />
}

function Table({ table }: { readonly table: Tokens.Table }) {
  const { table: label } = useText().chat.markdown
  return (
    <section className="table-scroll md-gap" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index} {...aligned(cell)}>
                {nodes(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} {...aligned(cell)}>
                  {nodes(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function aligned({ align }: Tokens.TableCell) {
  return align === null ? { dir: 'auto' } : { align, dir: 'auto' }
}

function InlineCode({ code }: { readonly code: string }) {
  const taskId = taskOf(code)
  const shown = <code dir="ltr">{code}</code>
  return taskId === null ? shown : <TaskLink taskId={taskId}>{shown}</TaskLink>
}
