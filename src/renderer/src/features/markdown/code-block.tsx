import { type CSSProperties, memo, useEffect, useRef, useState } from 'react'
import { useText } from '../../text/text.js'
import { CopyButton } from '../../ui/copy-button.js'
import { CHUNK_LINES, type CodeChunks, chunksOf, NO_CHUNKS } from './code-chunks.js'
import { type HighlightedCode, highlight, highlighted } from './highlighter.js'

interface CodeBlockProps {
  readonly code: string
  readonly language: string
  /** While code still grows it is shown plain: colouring would start over with every word. */
  readonly growing?: boolean
}

/** Code in a box of its own that scrolls; what is out of sight in it costs neither layout nor colours. */
export function CodeBlock({ code, language, growing = false }: CodeBlockProps) {
  const text = useText().chat.markdown
  const lines = useHighlighted(code, language, growing)
  const [memory] = useState<{ chunks: CodeChunks }>(() => ({ chunks: NO_CHUNKS }))
  memory.chunks = chunksOf(code, memory.chunks)
  const { chunks } = memory.chunks
  return (
    <figure className="code-block md-gap" dir="ltr" data-prose={language === '' ? true : undefined}>
      <figcaption className="flex h-7 items-center justify-between border-b pr-1 pl-3 text-muted text-xs">
        <span className="font-mono">{language || text.plainText}</span>
        <CopyButton text={code} label={text.copyCode} />
      </figcaption>
      <pre tabIndex={0}>
        <code>
          {chunks.map((text, index) => (
            <Chunk key={index} text={text} index={index} all={lines} />
          ))}
        </code>
      </pre>
    </figure>
  )
}

interface ChunkProps {
  readonly text: string
  readonly index: number
  readonly all: HighlightedCode | null
}

const Chunk = memo(function Chunk({ text, index, all }: ChunkProps) {
  const [element, near] = useNear(all !== null)
  const from = index * CHUNK_LINES
  return (
    <span
      ref={element}
      className="code-chunk"
      style={{ '--lines': lineCount(text) } as CSSProperties}
    >
      {all !== null && near ? (
        <Highlighted lines={all.slice(from, from + CHUNK_LINES)} />
      ) : text === '' ? (
        '\n'
      ) : (
        text
      )}
    </span>
  )
})

/** True from when an element first comes near to what is seen, where anybody wants to know. */
function useNear(wanted: boolean) {
  const element = useRef<HTMLSpanElement>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (!wanted || near || element.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: '400px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [wanted, near])
  return [element, near] as const
}

function lineCount(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

function useHighlighted(code: string, language: string, growing: boolean): HighlightedCode | null {
  const [result, setResult] = useState<{ code: string; lines: HighlightedCode | null } | null>(null)
  useEffect(() => {
    if (growing || language === '') return
    let current = true
    void highlight(code, language).then((lines) => {
      if (current) setResult({ code, lines })
    })
    return () => {
      current = false
    }
  }, [code, language, growing])
  if (growing) return null
  return result?.code === code ? result.lines : highlighted(code, language)
}

function Highlighted({ lines }: { readonly lines: HighlightedCode }) {
  return lines.map((line, row) => (
    <span key={row}>
      {line.map((token, column) => (
        <span key={column} style={token.color ? { color: token.color } : undefined}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  ))
}
