import { useMemo } from 'react'
import { ANSI_START, type Line, readAnsi } from '../../stores/ansi.js'
import { OutputLine } from './output-line.js'

interface OutputBoxProps {
  readonly label: string
  readonly text: string
}

/** A piece of terminal output that has come to its end. */
export function OutputBox({ label, text }: OutputBoxProps) {
  const lines = useMemo(() => linesOf(text), [text])
  return (
    <section
      // A long output is scrolled by keyboard as well.
      tabIndex={0}
      aria-label={label}
      className="mt-1.5 max-h-72 overflow-y-auto rounded-md border bg-code py-1.5 *:px-2.5"
    >
      {lines.map((line, index) => (
        <OutputLine key={index} line={line} />
      ))}
    </section>
  )
}

function linesOf(text: string): readonly Line[] {
  const { lines, state } = readAnsi(ANSI_START, text)
  return state.line.length > 0 ? [...lines, state.line] : lines
}
