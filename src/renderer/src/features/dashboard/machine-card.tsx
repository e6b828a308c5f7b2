import { useMemo } from 'react'
import { useRead } from '../../app/use-read.js'
import { useText, useWords } from '../../text/text.js'
import { FigureTable } from '../../ui/chart/figure-table.js'
import { type ChartSeries, TimeChart } from '../../ui/chart/time-chart.js'
import { Card } from './card.js'
import type { CardsProps } from './card-props.js'
import { machineWindows } from './machine-windows.js'
import { SeriesCard } from './series-card.js'

const DAY_MS = 24 * 60 * 60 * 1000
/** So long the host remembers how busy the machine was. */
const REMEMBERED_MS = 30 * DAY_MS
const WINDOWS = 120

/** How busy the machine was: all the time where that is remembered, otherwise while tasks ran. */
export function MachineCard(props: CardsProps) {
  const { from, to } = props.overview
  const remembered = to - from <= REMEMBERED_MS + DAY_MS
  const text = useText().dashboard
  if (remembered) return <OverTime {...props} />
  return (
    <SeriesCard
      {...props}
      title={text.machineBusy}
      help={text.machineBusyHelp}
      kind="lines"
      empty={text.noMachine}
      format={(value) => props.write.percent(value / 100)}
      top={100}
      series={[
        { label: text.cpu, ...CPU, of: ({ peakCpu }) => peakCpu },
        { label: text.memory, ...MEMORY, of: ({ peakMemory }) => peakMemory },
      ]}
    />
  )
}

const CPU = { color: '--accent-text', look: 'plain' } as const
const MEMORY = { color: '--warn', look: 'dashed' } as const

function OverTime({ overview, write, asTables }: CardsProps) {
  const text = useText().dashboard
  const locale = useWords((words) => words.locale)
  const { from, to, timezone, bucket } = overview
  // It moves on with the other figures, and with them alone.
  const { value, error } = useRead(
    'system.machineHistory',
    { since: from },
    JSON.stringify(overview),
  )
  const windows = useMemo(
    () => machineWindows(value?.points ?? [], { from, to }, WINDOWS),
    [value, from, to],
  )
  const labels = useMemo(() => {
    const day = bucket === 'day' ? ({ day: 'numeric', month: 'short' } as const) : {}
    const format = new Intl.DateTimeFormat(locale, {
      ...{ ...day, timeZone: timezone, hour: '2-digit', minute: '2-digit' },
    })
    return windows.map(({ at }) => format.format(at))
  }, [windows, locale, timezone, bucket])
  const percent = (figure: number) => write.percent(Math.round(figure) / 100)
  const series: readonly ChartSeries[] = [
    { label: text.cpu, ...CPU, values: windows.map(({ cpu }) => cpu) },
    { label: text.memory, ...MEMORY, values: windows.map(({ memory }) => memory) },
  ]
  const measured = windows.filter(({ cpu, memory }) => cpu !== null || memory !== null)
  const shown = (figure: number | null) => (figure === null ? '–' : percent(figure))
  return (
    <Card title={text.machine} help={text.machineHelp} wide>
      {error !== null && (
        <p role="alert" className="break-words text-bad">
          {text.notRead(error)}
        </p>
      )}
      {value !== null && measured.length === 0 && <p className="text-muted">{text.notMeasured}</p>}
      {measured.length > 0 && !asTables && (
        <TimeChart labels={labels} series={series} kind="lines" format={percent} top={100} />
      )}
      {measured.length > 0 && (
        <FigureTable
          caption={text.machine}
          hidden={!asTables}
          columns={[text.time, text.cpu, text.memory]}
          rows={windows.flatMap(({ at, cpu, memory }, index) =>
            cpu === null && memory === null
              ? []
              : [{ key: String(at), cells: [labels[index], shown(cpu), shown(memory)] }],
          )}
        />
      )}
    </Card>
  )
}
