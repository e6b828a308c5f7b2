import type { StatsOverview } from '../../../../shared/model/stats.js'
import { useText } from '../../text/text.js'
import { throughputBasis } from './basis.js'
import { Tile } from './card.js'
import type { FigureText } from './figure-text.js'

interface TilesProps {
  readonly overview: StatsOverview
  readonly write: FigureText
}

/** The figures that a person looks for first. */
export function Tiles({ overview, write }: TilesProps) {
  const text = useText().dashboard
  const { ended, time, cost } = overview
  const decided = ended.completed + ended.failed
  return (
    <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-5">
      <Tile
        title={text.completed}
        figure={write.number(ended.completed)}
        basis={throughputBasis(overview, text, write)}
      />
      <Tile
        title={text.success}
        figure={ended.successRate === null ? '–' : write.percent(ended.successRate)}
        basis={
          ended.successRate === null
            ? text.noSuccess
            : text.successBasis(write.number(ended.completed), write.number(decided))
        }
      />
      <Tile
        title={text.saved}
        figure={write.duration(time.saved)}
        basis={text.savedBasis(write.duration(time.busy), write.duration(time.serial))}
        help={text.savedHelp}
      />
      <Tile
        title={text.parallel}
        figure={time.parallelism === null ? '–' : write.number(time.parallelism, 1)}
        basis={
          time.parallelism === null
            ? text.noMachine
            : text.parallelBasis(write.number(time.mostRunning))
        }
      />
      <Tile
        title={text.cost}
        figure={
          cost.tokens > 0 && cost.tokens === cost.unpricedTokens ? '–' : write.money(cost.costUsd)
        }
        basis={cost.turns === 0 ? text.noCost : text.costTokens(write.number(cost.tokens))}
        warning={useUnpriced({ overview, write })}
      />
    </dl>
  )
}

/** What the cost leaves out; null where it covers everything. */
export function useUnpriced({ overview: { cost }, write }: TilesProps): string | null {
  const text = useText().dashboard
  if (cost.unpricedTokens === 0) return null
  const models = cost.unpricedModels.map(({ model }) => model || text.unknownModel)
  return text.unpriced(write.number(cost.unpricedTokens), models.join(', '))
}
