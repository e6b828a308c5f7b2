import type { StatsOverview } from '../../../../shared/model/stats.js'
import type { FigureText } from './figure-text.js'

/** What every card of figures is given. */
export interface CardsProps {
  readonly overview: StatsOverview
  readonly write: FigureText
  readonly asTables: boolean
}
