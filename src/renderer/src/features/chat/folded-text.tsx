import { type ReactNode, useState } from 'react'
import { useText, useWords } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { beginningOf } from './user-text.js'

interface FoldedTextProps {
  readonly text: string
  /** What is shown at first; each time that a person wants more, as much again comes ten times. */
  readonly characters: number
  readonly lines?: number
  readonly children: (shown: string) => ReactNode
}

/** Shows a long text bit by bit: a page that draws a million characters at once stands still. */
export function FoldedText({ text, characters, lines = Infinity, children }: FoldedTextProps) {
  const words = useText().chat.message
  const locale = useWords((state) => state.locale)
  const [steps, setSteps] = useState(0)
  const shown =
    steps === 0
      ? beginningOf(text, characters, lines)
      : beginningOf(text, characters * (1 + steps * 10))
  const left = text.length - shown.length
  if (left === 0 && steps === 0) return children(shown)
  return (
    <>
      {children(shown)}
      <span className="mt-2 flex gap-2">
        {left > 0 && (
          <Button small onClick={() => setSteps(steps + 1)}>
            {words.more(left.toLocaleString(locale))}
          </Button>
        )}
        {steps > 0 && (
          <Button small kind="quiet" onClick={() => setSteps(0)}>
            {words.less}
          </Button>
        )}
      </span>
    </>
  )
}
