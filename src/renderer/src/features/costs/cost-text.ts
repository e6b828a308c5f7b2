import type { Spent } from '../../../../shared/rpc/cost.js'
import { currentText } from '../../text/text.js'
import { formatDollars, formatNumber } from '../../ui/format.js'

type Sum = Pick<Spent, 'tokens' | 'costUsd' | 'unpricedTokens'>

/** `12,345 tokens, $0.12`; the money is left out where no token of it has a price. */
export function spentText({ tokens, costUsd, unpricedTokens }: Sum): string {
  const count = currentText().costs.tokens(tokens, formatNumber(tokens))
  const priced = tokens > unpricedTokens || costUsd > 0
  return priced ? `${count}, ${formatDollars(costUsd)}` : count
}

/** Says plainly what the money does not cover; null where it covers everything. */
export function unpricedText({ unpricedTokens }: Sum): string | null {
  if (unpricedTokens === 0) return null
  return currentText().costs.unpriced(unpricedTokens, formatNumber(unpricedTokens))
}

interface OfDay extends Sum {
  readonly day: string
}

const NOTHING: Sum = { tokens: 0, costUsd: 0, unpricedTokens: 0 }

/** What was used on the day (UTC) of `now`. */
export function todayOf(byDay: readonly OfDay[], now: number): Sum {
  const today = new Date(now).toISOString().slice(0, 10)
  return byDay.find(({ day }) => day === today) ?? NOTHING
}
