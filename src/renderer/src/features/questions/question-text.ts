import type { Blocker } from '../../../../shared/model/blocker.js'
import { currentText } from '../../text/text.js'
import { formatMoment } from '../../ui/format.js'

/** How a question that is no longer open was settled. */
export function endOf({ state, answer }: Pick<Blocker, 'state' | 'answer'>): string {
  const text = currentText().questions
  switch (state) {
    case 'resolved':
      return text.answered(answer ?? '')
    case 'expired':
      return text.expired
    case 'cancelled':
      return text.cancelled
    case 'open':
      return text.open
  }
}

/** When an open question expires; null for one that waits as long as it takes. */
export function expiryText(
  { state, expiresAt }: Pick<Blocker, 'state' | 'expiresAt'>,
  now: number,
): string | null {
  if (state !== 'open' || expiresAt === undefined) return null
  return currentText().questions.until(formatMoment(expiresAt, now))
}
