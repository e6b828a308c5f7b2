import { useEffect, useState } from 'react'
import { CopyButton } from '../../ui/copy-button.js'
import { type HighlightedCode, highlight, highlighted } from './highlighter.js'

interface CodeBlockProps {
  readonly code: string
  readonly language: string
  /** While code still grows it is shown plain: colouring would start over with every word. */
  readonly growing?: boolean
}

export function CodeBlock({ code, language, growing = false }: CodeBlockProps) {
  const lines = useHighlighted(code, language, growing)
  return (
    <figure className="code-block md-gap" data-prose={language === '' ? true : undefined}>
      <figcaption className="flex h-7 items-center justify-between border-b pr-1 pl-3 text-muted text-xs">
        <span className="font-mono">{language || 'text'}</span>
        <CopyButton text={code} label="Copy code" />
      </figcaption>
      <pre tabIndex={0}>
        <code>{lines === null ? code : <Highlighted lines={lines} />}</code>
      </pre>
    </figure>
  )
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
