import type { StatsOverview } from '../../../../shared/model/stats.js'
import type { Text } from '../../text/text.js'
import type { FigureText } from './figure-text.js'

const HOUR = 3600

/** In what time so many tasks were completed. What has run for minutes says nothing of an hour. */
export function throughputBasis(
  { ended, time }: Pick<StatsOverview, 'ended' | 'time'>,
  text: Text['dashboard'],
  write: FigureText,
): string {
  if (ended.perHour === null) return text.noMachine
  if (time.busy < HOUR) return text.whileRunning(write.duration(time.busy))
  return text.perHour(write.number(ended.perHour, ended.perHour < 10 ? 1 : 0))
}

/** Why there is no cost to be shown. */
export function costGap(
  { turns, unpricedTokens }: Pick<StatsOverview['cost'], 'turns' | 'unpricedTokens'>,
  text: Text['dashboard'],
): string {
  if (turns === 0) return text.noCost
  return unpricedTokens === 0 ? text.nothingSpent : text.noPrice
}
