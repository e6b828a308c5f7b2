import type { Blocker } from '../../../../shared/model/blocker.js'
import { formatMoment } from '../../ui/format.js'

/** How a question that is no longer open was settled. */
export function endOf({ state, answer }: Pick<Blocker, 'state' | 'answer'>): string {
  switch (state) {
    case 'resolved':
      return `Answered: ${answer ?? ''}`
    case 'expired':
      return 'It expired without an answer.'
    case 'cancelled':
      return 'Its task ended before there was an answer.'
    case 'open':
      return 'It is still open.'
  }
}

/** When an open question expires; null for one that waits as long as it takes. */
export function expiryText(
  { state, expiresAt }: Pick<Blocker, 'state' | 'expiresAt'>,
  now: number,
): string | null {
  if (state !== 'open' || expiresAt === undefined) return null
  return `until ${formatMoment(expiresAt, now)}`
}
