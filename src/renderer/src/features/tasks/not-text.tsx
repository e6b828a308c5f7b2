import { isPartlyBinary, type TaskOutput } from '../../stores/task-output.js'
import { useText } from '../../text/text.js'

interface NotTextProps {
  /** What a command printed, or the part of it that is here. */
  readonly of: string | TaskOutput
}

/** Says of an output that not all of it is text; nothing where all is. */
export function NotText({ of }: NotTextProps) {
  const text = useText().tasks.output
  const isPlain = typeof of === 'string' ? !isPartlyBinary(of) : !of.hasBinary
  if (isPlain) return null
  return (
    <p role="note" className="shrink-0 px-4 py-1 text-warn text-xs">
      {text.notText}
    </p>
  )
}
