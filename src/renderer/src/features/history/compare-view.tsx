import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { VList } from 'virtua'
import type { ComparedOutput } from '../../../../shared/model/history.js'
import { isTerminal } from '../../../../shared/model/task.js'
import { ranMs } from '../../../../shared/model/task-order.js'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { useRead } from '../../app/use-read.js'
import { useHistory } from '../../stores/history.js'
import { useTasks } from '../../stores/tasks.js'
import { type Text, useText, useWords } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { formatDuration, formatSecond } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { ranFor } from './ran-for.js'

type Run = ResultOf<'history.compare'>['runs'][number]

/** Two runs side by side: what they were, what they took, and how their outputs differ. */
export function CompareView() {
  const text = useText().history
  const pair = useHistory((state) => state.comparing)
  const taskIds: [string, string] = [pair?.[0] ?? '', pair?.[1] ?? '']
  // Once one of them begins or ends, it is another comparison.
  const stand = useTasks(({ byId }) => (pair ?? []).map((id) => byId[id]?.state ?? '').join(' '))
  const { value, error } = useRead('history.compare', { taskIds: taskIds as never }, stand)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => pane.current?.focus(), [])
  const close = () => {
    useHistory.setState({ comparing: null })
    focusWhenFree('[data-row]')
  }
  return (
    <section
      ref={pane}
      tabIndex={-1}
      aria-label={text.compareTitle}
      className="flex h-full flex-col bg-bg outline-none"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <PaneHeader
        title={text.compareTitle}
        before={<IconButton icon={ArrowLeft} label={text.back} onClick={close} />}
      />
      {error !== null && (
        <p role="alert" className="p-4 text-bad">
          {text.notCompared(error)}
        </p>
      )}
      {value === null && error === null && <SkeletonRows rows={7} />}
      {value !== null && (
        <>
          <Facts runs={value.runs} />
          <Difference runs={value.runs} output={value.output} />
        </>
      )}
    </section>
  )
}

function Facts({ runs: [first, second] }: { readonly runs: readonly [Run, Run] }) {
  const text = useText().history
  const locale = useWords((words) => words.locale)
  const rows = factsOf(text, locale).map(({ name, of }) => {
    return { name, first: of(first), second: of(second) }
  })
  return (
    <section
      aria-label={`${text.first}, ${text.second}`}
      tabIndex={0}
      className="max-h-[50%] shrink-0 overflow-auto border-b px-4 py-3"
    >
      <table className="w-full table-fixed text-xs">
        <thead className="text-left text-muted">
          <tr>
            <th scope="col" className="w-28 py-1 font-medium">
              {text.field}
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              {text.first}
            </th>
            <th scope="col" className="py-1 font-medium">
              {text.second}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const differs = row.first !== row.second
            return (
              <tr key={row.name} className="border-t align-top">
                <th scope="row" className="py-1 pr-2 text-left font-normal text-muted">
                  {row.name}
                  {differs && <span className="block text-accent-text">{text.differs}</span>}
                </th>
                <td className={cx('break-words py-1 pr-3', differs && 'font-medium')}>
                  {row.first}
                </td>
                <td className={cx('break-words py-1', differs && 'font-medium')}>{row.second}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function factsOf(text: Text['history'], locale: string) {
  const { fields } = text
  const cost = ({ task: { usage } }: Run) => {
    if (usage === undefined || usage.tokens === 0) return '–'
    return usage.costUsd === null ? text.unknownCost : `$${usage.costUsd.toFixed(4)}`
  }
  const rows: { readonly name: string; readonly of: (run: Run) => string }[] = [
    { name: fields.state, of: ({ task }) => text.states[task.state] },
    { name: fields.description, of: ({ task }) => task.description },
    { name: fields.agent, of: ({ task }) => task.agentType },
    { name: fields.command, of: ({ task }) => task.command ?? '–' },
    { name: fields.workspace, of: ({ task }) => task.workspace },
    { name: fields.submitted, of: ({ task }) => formatSecond(task.createdAt, Date.now()) },
    {
      name: fields.duration,
      of: ({ task, durationMs }) => {
        if (durationMs !== null) return ranFor(durationMs, task.error)
        return task.state === 'running' ? formatDuration(ranMs(task, Date.now())) : '–'
      },
    },
    { name: fields.attempts, of: ({ task }) => String(task.attempt) },
    {
      name: fields.steps,
      of: ({ task }) => task.steps.map(({ title }) => title).join(' · ') || '–',
    },
    { name: fields.tokens, of: ({ task }) => (task.usage?.tokens ?? 0).toLocaleString(locale) },
    { name: fields.cost, of: cost },
    { name: fields.error, of: ({ task }) => task.error?.message ?? '–' },
  ]
  return rows
}

interface DifferenceProps {
  readonly runs: readonly [Run, Run]
  readonly output: ComparedOutput
}

function Difference({ runs, output }: DifferenceProps) {
  const text = useText().history
  const { lines, added, removed, same } = output
  const isSame = added + removed === 0
  const isOver = runs.every(({ task }) => isTerminal(task.state))
  return (
    <section aria-label={text.outputs} className="flex min-h-0 flex-1 flex-col">
      <div className="shrink-0 px-4 py-2 text-xs">
        <h3 className="font-medium text-sm">{text.outputs}</h3>
        <p className="figures text-muted">
          {!isSame && text.lines(added, removed)}
          {isSame && (same > 0 ? text.same : isOver ? text.noOutput : text.noOutputYet)}
        </p>
        {runs.map(
          ({ task }, index) =>
            !isTerminal(task.state) && (
              <p key={task.id} className="text-warn">
                {text.soFar(index === 0 ? text.first : text.second, text.states[task.state])}
              </p>
            ),
        )}
        {output.cut && <p className="text-warn">{text.cut}</p>}
        {output.approximate && <p className="text-warn">{text.approximate}</p>}
      </div>
      {lines.length > 0 && (
        <div className="min-h-0 flex-1 border-t font-mono text-xs">
          <VList data={lines} tabIndex={0} className="py-1">
            {(line, index) => (
              <div
                key={index}
                className={cx(
                  'flex px-4',
                  line.sign === '+' && 'bg-added',
                  line.sign === '-' && 'bg-bad-soft',
                )}
              >
                <span className="w-4 shrink-0 select-none text-muted">
                  <span aria-hidden>{line.sign}</span>
                  {line.sign !== ' ' && (
                    <span className="sr-only">
                      {line.sign === '+' ? text.onlySecond : text.onlyFirst}
                    </span>
                  )}
                </span>
                <span dir="auto" className="min-w-0 whitespace-pre-wrap break-words">
                  {line.text || ' '}
                </span>
              </div>
            )}
          </VList>
        </div>
      )}
    </section>
  )
}
