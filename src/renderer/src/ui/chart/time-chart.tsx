import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { cx } from '../class-names.js'
import { resolveColor, stripes, useColorStand } from './chart-colors.js'

export interface ChartSeries {
  readonly label: string
  /** One for each bucket; null where there is no figure. */
  readonly values: readonly (number | null)[]
  /** Name of a design token. */
  readonly color: string
  /** What tells it from the others without its colour. */
  readonly look: 'plain' | 'striped' | 'outlined' | 'dashed'
}

interface TimeChartProps {
  /** The beginning of each bucket in words. */
  readonly labels: readonly string[]
  readonly series: readonly ChartSeries[]
  /** Bars stand on each other; lines do not. */
  readonly kind: 'bars' | 'lines'
  readonly format: (value: number) => string
  /** Where the scale ends, unless a figure is higher. */
  readonly top?: number
  /** There are no halves of what is counted. */
  readonly whole?: boolean
}

const HEIGHT = 168
/** Steps of a scale of things that are counted. */
const WHOLE = [1, 2, 5]
  .flatMap((step) => [1, 10, 100, 1_000, 10_000].map((size) => step * size))
  .toSorted((a, b) => a - b)

/** Figures over time, for the eye; whoever cannot see them has the table with the same figures. */
export function TimeChart({ labels, series, kind, format, top, whole = false }: TimeChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<number | null>(null)
  const stand = useColorStand()
  const latest = useRef({ labels, series, format })
  latest.current = { labels, series, format }
  const shape = JSON.stringify([labels, series, top])
  useEffect(() => {
    const element = box.current
    if (element === null) return
    // Both are part of what it is drawn from.
    void [shape, stand]
    const { labels: names, series: drawn, format: write } = latest.current
    const plot = new uPlot(
      {
        ...optionsOf({ names, drawn, write, kind, top, whole, onShow: setShown }),
        width: Math.max(1, element.clientWidth),
      },
      dataOf(drawn, kind),
      element,
    )
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: Math.max(1, element.clientWidth), height: HEIGHT })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [shape, stand, kind, top, whole])
  return (
    <div>
      <Legend labels={labels} series={series} shown={shown} format={format} />
      <div ref={box} aria-hidden className="min-w-0 overflow-hidden" style={{ height: HEIGHT }} />
    </div>
  )
}

interface LegendProps extends Pick<TimeChartProps, 'labels' | 'series' | 'format'> {
  readonly shown: number | null
}

/** What each look means, with the figures that the pointer is on. */
function Legend({ labels, series, shown, format }: LegendProps) {
  return (
    <p aria-hidden className="mb-1 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-0.5 text-xs">
      {series.map(({ label, color, look, values }) => {
        const value = shown === null ? null : values[shown]
        return (
          <span key={label} className="flex items-center gap-1.5 text-muted">
            <Swatch color={color} look={look} />
            {label}
            {value !== null && value !== undefined && (
              <span className="figures text-text">{format(value)}</span>
            )}
          </span>
        )
      })}
      <span className="figures ml-auto text-faint">{shown === null ? '' : labels[shown]}</span>
    </p>
  )
}

function Swatch({ color, look }: Pick<ChartSeries, 'color' | 'look'>) {
  const ink = `var(${color})`
  const fill =
    look === 'striped'
      ? `repeating-linear-gradient(135deg, ${ink} 0 2px, transparent 2px 4px)`
      : look === 'plain'
        ? ink
        : 'transparent'
  return (
    <span
      className={cx('inline-block w-3 shrink-0', look === 'dashed' ? 'h-0' : 'h-2.5 rounded-[2px]')}
      style={{
        background: fill,
        border: look === 'dashed' ? undefined : `1px solid ${ink}`,
        borderTop: look === 'dashed' ? `2px dashed ${ink}` : `1px solid ${ink}`,
      }}
    />
  )
}

/** Bars are drawn from the top of the pile down, each over the one that reaches higher. */
function dataOf(series: readonly ChartSeries[], kind: TimeChartProps['kind']): uPlot.AlignedData {
  const indexes = (series[0]?.values ?? []).map((_, index) => index)
  if (kind === 'lines') return [indexes, ...series.map(({ values }) => [...values])]
  const piled = series.map(({ values: own }, upTo) =>
    indexes.map((index) => {
      // Nothing is drawn of nothing, not even its edge.
      if (!own[index]) return null
      return series.slice(0, upTo + 1).reduce((sum, { values }) => sum + (values[index] ?? 0), 0)
    }),
  )
  return [indexes, ...piled.toReversed()]
}

interface Drawing {
  readonly names: readonly string[]
  readonly drawn: readonly ChartSeries[]
  readonly write: (value: number) => string
  readonly kind: TimeChartProps['kind']
  readonly top: number | undefined
  readonly whole: boolean
  readonly onShow: (index: number | null) => void
}

function optionsOf({
  names,
  drawn,
  write,
  kind,
  top,
  whole,
  onShow,
}: Drawing): Omit<uPlot.Options, 'width'> {
  const [muted, border, surface] = ['--muted', '--border', '--surface'].map(resolveColor)
  const font = `11px ${getComputedStyle(document.body).fontFamily}`
  const axis = { stroke: muted ?? '', font, ticks: { show: false } }
  const inOrder = kind === 'bars' ? drawn.toReversed() : drawn
  return {
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { points: { show: false }, drag: { setScale: false, x: false, y: false }, y: false },
    scales: {
      x: { time: false, range: [-0.6, Math.max(0.6, names.length - 0.4)] },
      y: { range: (_plot, _min, max) => [0, Math.max(top ?? 0, max * 1.05, Number.EPSILON)] },
    },
    axes: [
      {
        ...{ ...axis, grid: { show: false }, size: 24, space: 64 },
        incrs: [1, 2, 3, 4, 6, 7, 12, 14, 24, 30, 60, 90],
        values: (_plot, splits) => splits.map((index) => names[index] ?? ''),
      },
      {
        ...{ ...axis, grid: { stroke: border ?? '', width: 1 }, size: 56, space: 36 },
        ...(whole ? { incrs: WHOLE } : {}),
        values: (_plot, splits) => splits.map((value) => write(value)),
      },
    ],
    series: [{}, ...inOrder.map((series) => lookOf(series, kind, surface ?? ''))],
    hooks: {
      setCursor: [({ cursor: { idx } }) => onShow(idx ?? null)],
    },
  }
}

function lookOf(
  { label, color, look }: ChartSeries,
  kind: TimeChartProps['kind'],
  surface: string,
): uPlot.Series {
  const ink = resolveColor(color)
  if (kind === 'lines') {
    return {
      ...{ label, stroke: ink, width: 2, points: { size: 5, fill: ink } },
      ...(look === 'dashed' ? { dash: [5, 4] } : {}),
    }
  }
  const bars = uPlot.paths.bars?.({ size: [0.72, 28], radius: 0.12 })
  // What stands behind must not shine through stripes and outlines.
  const fill = look === 'plain' ? ink : look === 'striped' ? onto(surface, ink) : surface
  return {
    ...{ label, stroke: ink, width: 1, fill: () => fill as string, points: { show: false } },
    ...(bars === undefined ? {} : { paths: bars }),
  }
}

/** Stripes on a ground of the colour of the page. */
function onto(surface: string, ink: string): CanvasPattern | string {
  const ratio = window.devicePixelRatio || 1
  const size = Math.round(6 * ratio)
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const context = tile.getContext('2d')
  if (context === null) return ink
  context.fillStyle = surface
  context.fillRect(0, 0, size, size)
  context.fillStyle = stripes(ink, ratio)
  context.fillRect(0, 0, size, size)
  return context.createPattern(tile, 'repeat') ?? ink
}
