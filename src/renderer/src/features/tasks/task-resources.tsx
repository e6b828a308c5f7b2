import { useMemo } from 'react'
import type { MachineUse, ResourceTrace } from '../../../../shared/model/resources.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { useText } from '../../text/text.js'
import { FigureTable } from '../../ui/chart/figure-table.js'
import { type ChartSeries, TimeChart } from '../../ui/chart/time-chart.js'
import { formatMegabytes, formatPercent, formatSecond } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useResources } from './use-resources.js'

const MEGABYTE = 1024 * 1024

/** The scale of the chart is in megabytes, so that its lines stand at round figures. */
function megabytes(value: number): string {
  return formatMegabytes(value * MEGABYTE)
}

/** What the processes of a task took over time, and how busy the machine was meanwhile. */
export function TaskResources({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.resources
  const { traces, machine, error } = useResources(task)
  if (error !== null) return <p className="p-4 text-bad">{text.notRead(error)}</p>
  if (traces === null) return <SkeletonRows rows={5} />
  if (traces.length === 0) return <p className="p-4 text-muted">{text.none}</p>
  return (
    <div className="flex flex-col gap-6 p-4">
      {traces.map((trace) => (
        <Trace
          key={`${trace.attempt} ${trace.startedAt}`}
          trace={trace}
          titled={traces.length > 1}
        />
      ))}
      {machine.length > 1 && <Machine points={machine} />}
    </div>
  )
}

interface TraceProps {
  readonly trace: ResourceTrace
  readonly titled: boolean
}

function Trace({ trace, titled }: TraceProps) {
  const text = useText().tasks.resources
  const { points } = trace
  const labels = useLabels(points)
  const cpu = points.map((point) => point.cpu)
  const memory = points.map((point) => point.memoryBytes / MEGABYTE)
  const most = text.peak(formatPercent(Math.max(...cpu)), megabytes(Math.max(...memory)))
  return (
    <section aria-label={most}>
      {titled && (
        <h3 className="mb-1 font-medium">
          {text.stretch(trace.attempt, formatSecond(trace.startedAt, Date.now()))}
        </h3>
      )}
      <p className="figures mb-2 text-muted text-xs">{most}</p>
      <TimeChart
        labels={labels}
        series={[cpuOf(text.cpu, cpu)]}
        kind="lines"
        format={formatPercent}
      />
      <TimeChart
        labels={labels}
        series={[memoryOf(text.memory, memory)]}
        kind="lines"
        format={megabytes}
      />
      <FigureTable
        hidden
        caption={most}
        columns={[text.time, text.cpu, text.memory]}
        rows={points.map((point, index) => ({
          key: String(point.at),
          cells: [labels[index], formatPercent(point.cpu), megabytes(memory[index] ?? 0)],
        }))}
      />
    </section>
  )
}

function Machine({ points }: { readonly points: readonly MachineUse[] }) {
  const text = useText().tasks.resources
  const labels = useLabels(points)
  return (
    <section aria-label={text.machine}>
      <h3 className="mb-1 font-medium">{text.machine}</h3>
      <TimeChart
        labels={labels}
        series={[
          cpuOf(
            text.cpu,
            points.map(({ cpu }) => cpu),
          ),
          memoryOf(
            text.memory,
            points.map(({ memory }) => memory),
          ),
        ]}
        kind="lines"
        format={formatPercent}
        top={100}
      />
    </section>
  )
}

function cpuOf(label: string, values: ChartSeries['values']): ChartSeries {
  return { label, values, color: '--accent-text', look: 'plain' }
}

function memoryOf(label: string, values: ChartSeries['values']): ChartSeries {
  return { label, values, color: '--warn', look: 'dashed' }
}

function useLabels(points: ReadonlyArray<{ readonly at: number }>): readonly string[] {
  return useMemo(() => {
    const now = points.at(-1)?.at ?? 0
    return points.map(({ at }) => formatSecond(at, now))
  }, [points])
}
