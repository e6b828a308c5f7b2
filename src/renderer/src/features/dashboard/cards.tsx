import type { StatsOverview } from '../../../../shared/model/stats.js'
import { askHistory } from '../../stores/history.js'
import { showArea } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { FigureTable } from '../../ui/chart/figure-table.js'
import { BarList } from './bar-list.js'
import { costGap } from './basis.js'
import { Card } from './card.js'
import type { CardsProps } from './card-props.js'
import { MachineCard } from './machine-card.js'
import { SeriesCard } from './series-card.js'
import { useUnpriced } from './tiles.js'

export function Cards(props: CardsProps) {
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
      <Throughput {...props} />
      <Causes {...props} />
      <Waits {...props} />
      <CostByTime {...props} />
      <CostByAgent {...props} />
      <MachineCard {...props} />
      <Types {...props} />
    </div>
  )
}

function Throughput(props: CardsProps) {
  const text = useText().dashboard
  return (
    <SeriesCard
      {...props}
      title={text.throughput}
      kind="bars"
      empty={text.empty}
      format={(value) => props.write.number(value)}
      top={4}
      whole
      series={[
        {
          label: text.completed,
          color: '--accent',
          look: 'plain',
          of: ({ completed }) => completed,
        },
        { label: text.failed, color: '--bad', look: 'striped', of: ({ failed }) => failed },
        {
          label: text.cancelled,
          color: '--border-strong',
          look: 'outlined',
          of: ({ cancelled }) => cancelled,
        },
      ]}
    />
  )
}

/** Those of the span that were submitted in it; one that failed in it may be older. */
function showFailed({ from, to }: StatsOverview): void {
  askHistory({ filter: { state: 'failed', from, to }, span: 'range' })
  showArea('history')
}

function Causes({ overview, write, asTables }: CardsProps) {
  const { failures, tries } = overview
  const text = useText().dashboard
  const named = (cause: string) => text.causesOf[cause] ?? cause
  return (
    <Card title={text.causes}>
      {failures.length === 0 && <p className="text-muted">{text.noCauses}</p>}
      {failures.length > 0 && asTables && (
        <FigureTable
          caption={text.causes}
          columns={[text.cause, text.count]}
          rows={failures.map(({ cause, count }) => ({
            key: cause,
            cells: [named(cause), write.number(count)],
          }))}
        />
      )}
      {failures.length > 0 && !asTables && (
        <BarList
          label={text.causes}
          bars={failures.map(({ cause, count }) => ({
            ...{ key: cause, name: named(cause), value: count, text: write.number(count) },
          }))}
        />
      )}
      <p className="mt-3 text-muted text-xs">
        {text.retries(tries.retries)}
        {tries.corrections > 0 && ` · ${text.corrections(tries.corrections, tries.mended)}`}
      </p>
      {failures.length > 0 && (
        <Button small className="mt-3" onClick={() => showFailed(overview)}>
          {text.showFailed}
        </Button>
      )}
    </Card>
  )
}

function Waits({ overview: { waits }, write, asTables }: CardsProps) {
  const text = useText().dashboard
  const named = (reason: string) => text.reasons[reason] ?? reason
  return (
    <Card title={text.waits} help={text.waitsHelp}>
      {waits.byReason.length === 0 && <p className="text-muted">{text.noWaits}</p>}
      {waits.byReason.length > 0 && asTables && (
        <FigureTable
          caption={text.waits}
          columns={[text.reason, text.seconds, text.count]}
          rows={waits.byReason.map(({ reason, seconds, waits: count }) => ({
            key: reason,
            cells: [named(reason), write.duration(seconds), write.number(count)],
          }))}
        />
      )}
      {waits.byReason.length > 0 && !asTables && (
        <BarList
          label={text.waits}
          bars={waits.byReason.map(({ reason, seconds }) => ({
            ...{ key: reason, name: named(reason), value: seconds, text: write.duration(seconds) },
          }))}
        />
      )}
      {waits.meanToStart !== null && (
        <p className="mt-3 text-muted text-xs">
          {text.meanToStart(write.duration(waits.meanToStart))}
        </p>
      )}
    </Card>
  )
}

function CostByTime(props: CardsProps) {
  const text = useText().dashboard
  return (
    <SeriesCard
      {...props}
      title={text.costByTime}
      wide={false}
      kind="bars"
      empty={costGap(props.overview.cost, text)}
      format={(value) => props.write.money(value)}
      top={0.04}
      series={[
        { label: text.cost, color: '--accent', look: 'plain', of: ({ costUsd }) => costUsd },
      ]}
    />
  )
}

function CostByAgent({ overview, write, asTables }: CardsProps) {
  const text = useText().dashboard
  const { byAgent } = overview.cost
  const unpriced = useUnpriced({ overview, write })
  const rows = byAgent.map(({ agent, costUsd, tokens, turns, unpricedTokens }) => {
    const isPriced = tokens > unpricedTokens || tokens === 0
    return {
      ...{ key: agent, name: agent || text.chat, value: costUsd, tokens: write.number(tokens) },
      ...{ text: isPriced ? write.money(costUsd) : text.noPrice, turns: write.number(turns) },
    }
  })
  return (
    <Card title={text.costByAgent}>
      {rows.length === 0 && <p className="text-muted">{text.noCost}</p>}
      {rows.length > 0 && asTables && (
        <FigureTable
          caption={text.costByAgent}
          columns={[text.agent, text.cost, text.tokens, text.turns]}
          rows={rows.map(({ key, name, text: cost, tokens, turns }) => ({
            key,
            cells: [name, cost, tokens, turns],
          }))}
        />
      )}
      {rows.length > 0 && !asTables && (
        <BarList
          label={text.costByAgent}
          bars={rows.map(({ tokens, turns: _turns, ...bar }) => ({
            ...bar,
            extra: <span className="figures shrink-0 text-faint">{text.costTokens(tokens)}</span>,
          }))}
        />
      )}
      {unpriced !== null && <p className="mt-3 break-words text-warn text-xs">{unpriced}</p>}
    </Card>
  )
}

function Types({ overview: { byType }, write }: CardsProps) {
  const text = useText().dashboard
  if (byType.length === 0) return null
  return (
    <Card title={text.byType} wide>
      <FigureTable
        caption={text.byType}
        columns={[text.type, text.completed, text.failed, text.cancelled, text.runningTime]}
        rows={byType.map(({ type, completed, failed, cancelled, runningTime }) => ({
          key: type,
          cells: [
            text.types[type] ?? type,
            ...[completed, failed, cancelled].map((count) => write.number(count)),
            write.duration(runningTime),
          ],
        }))}
      />
    </Card>
  )
}
