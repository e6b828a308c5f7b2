import { currentText } from '../../text/text.js'
import { formatDuration } from '../../ui/format.js'

/** How long a task ran; of one that was interrupted it is only known how long it was seen to run. */
export function ranFor(
  durationMs: number,
  error: { readonly code: string } | null | undefined,
): string {
  const time = formatDuration(durationMs)
  return error?.code === 'interrupted' ? currentText().tasks.attempts.spentAtLeast(time) : time
}
