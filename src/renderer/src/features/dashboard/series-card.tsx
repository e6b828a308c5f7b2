import { useMemo } from 'react'
import type { StatsBucket } from '../../../../shared/model/stats.js'
import { useText } from '../../text/text.js'
import { FigureTable } from '../../ui/chart/figure-table.js'
import { type ChartSeries, TimeChart } from '../../ui/chart/time-chart.js'
import { Card } from './card.js'
import type { CardsProps } from './card-props.js'

interface SeriesCardProps extends CardsProps {
  readonly title: string
  readonly help?: string
  readonly kind: 'bars' | 'lines'
  readonly series: readonly (Omit<ChartSeries, 'values'> & {
    readonly of: (bucket: StatsBucket) => number | null
  })[]
  readonly format: (value: number) => string
  readonly top?: number
  readonly whole?: boolean
  /** In place of a picture without anything in it. */
  readonly empty: string
  readonly wide?: boolean
}

/** One picture over time, and the table that says the same. */
export function SeriesCard(props: SeriesCardProps) {
  const {
    overview,
    write,
    asTables,
    title,
    kind,
    series,
    format,
    top,
    whole,
    empty,
    help,
    wide = true,
  } = props
  const text = useText().dashboard
  const { buckets, bucket } = overview
  const labels = useMemo(() => buckets.map(({ at }) => write.moment(at)), [buckets, write])
  const filled = series.map(({ of, ...look }) => ({ ...look, values: buckets.map(of) }))
  const isEmpty = filled.every(({ values }) =>
    values.every((value) => value === null || value === 0),
  )
  const caption = `${title}, ${bucket === 'hour' ? text.byHour : text.byDay}`
  return (
    <Card title={caption} wide={wide} {...(help === undefined ? {} : { help })}>
      {isEmpty ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <>
          {!asTables && (
            <TimeChart
              labels={labels}
              series={filled}
              kind={kind}
              format={format}
              {...(top === undefined ? {} : { top })}
              {...(whole === undefined ? {} : { whole })}
            />
          )}
          <FigureTable
            caption={caption}
            hidden={!asTables}
            columns={[text.time, ...filled.map(({ label }) => label)]}
            rows={buckets.map(({ at }, index) => ({
              key: String(at),
              cells: [
                labels[index],
                ...filled.map(({ values }) => {
                  const value = values[index]
                  return value === null || value === undefined ? '–' : format(value)
                }),
              ],
            }))}
          />
        </>
      )}
    </Card>
  )
}
