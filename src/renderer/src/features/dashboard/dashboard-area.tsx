import { ChartNoAxesColumn } from 'lucide-react'
import { useState } from 'react'
import type { StatsOverview } from '../../../../shared/model/stats.js'
import { remember, remembered } from '../../stores/storage.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { PaneHeader } from '../../ui/pane.js'
import { Cards } from './cards.js'
import { useFigureText } from './figure-text.js'
import { Tiles } from './tiles.js'
import { type Days, useOverview } from './use-overview.js'

const SPANS: readonly Days[] = [1, 7, 30, 90]
const SPAN = 'dashboard.days'
const TABLES = 'dashboard.tables'

/** What tasks came to in a span of time. */
export function DashboardArea() {
  const text = useText().dashboard
  const [days, setDays] = useState<Days>(
    () => SPANS.find((span) => String(span) === remembered(SPAN)) ?? 7,
  )
  const [asTables, setAsTables] = useState(() => remembered(TABLES) === 'yes')
  const { overview, error, retry } = useOverview(days)
  return (
    <section aria-label={text.title} className="flex h-full flex-col bg-bg">
      <PaneHeader title={text.title}>
        <Segments
          label={text.showAs}
          value={asTables ? 'tables' : 'charts'}
          options={[
            { value: 'charts', label: text.charts },
            { value: 'tables', label: text.tables },
          ]}
          onChange={(shown) => {
            remember(TABLES, shown === 'tables' ? 'yes' : null)
            setAsTables(shown === 'tables')
          }}
        />
      </PaneHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4">
          <Segments
            label={text.span}
            value={String(days) as keyof typeof text.spans}
            options={SPANS.map((span) => {
              const value = String(span) as keyof typeof text.spans
              return { value, label: text.spans[value] }
            })}
            onChange={(value) => {
              remember(SPAN, value)
              setDays(Number(value) as Days)
            }}
          />
          {error !== null && (
            <div
              role="alert"
              className="flex items-start gap-3 rounded-[10px] border bg-surface px-4 py-3"
            >
              <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(error)}</p>
              <Button small onClick={retry}>
                {text.tryAgain}
              </Button>
            </div>
          )}
          {overview === null ? (
            error === null && <Skeleton />
          ) : (
            <Figures overview={overview} asTables={asTables} />
          )}
        </div>
      </div>
    </section>
  )
}

function Figures({
  overview,
  asTables,
}: {
  readonly overview: StatsOverview
  readonly asTables: boolean
}) {
  const write = useFigureText(overview.timezone, overview.bucket)
  if (isEmpty(overview)) return <Nothing />
  return (
    <>
      <Tiles overview={overview} write={write} />
      <Cards overview={overview} write={write} asTables={asTables} />
    </>
  )
}

function isEmpty({ ended, time, cost }: StatsOverview): boolean {
  return ended.completed + ended.failed + ended.cancelled + time.busy + cost.turns === 0
}

function Nothing() {
  const text = useText().dashboard
  return (
    <div className="flex flex-col items-center gap-2 py-24 text-center">
      <ChartNoAxesColumn aria-hidden size={28} strokeWidth={1.25} className="text-faint" />
      <p className="font-medium">{text.empty}</p>
      <p className="max-w-96 text-muted">{text.emptyHint}</p>
    </div>
  )
}

/** In the shape of what comes. */
function Skeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-5">
        {[1, 2, 3, 4, 5].map((tile) => (
          <div key={tile} className="h-24 rounded-[10px] bg-hover" />
        ))}
      </div>
      <div className="h-56 rounded-[10px] bg-hover" />
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <div className="h-40 rounded-[10px] bg-hover" />
        <div className="h-40 rounded-[10px] bg-hover" />
      </div>
    </div>
  )
}

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: ReadonlyArray<{ readonly value: T; readonly label: string }>
  readonly onChange: (value: T) => void
}

function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className="flex w-fit shrink-0 rounded-md border bg-surface p-px">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cx(
            'h-6 rounded px-2.5 text-xs',
            option.value === value ? 'bg-selected font-medium' : 'text-muted hover:bg-hover',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
