import type { ReactNode } from 'react'
import type { TaskView } from '../../../../shared/model/task.js'
import { type Text, useText } from '../../text/text.js'
import { folderName, formatMoment } from '../../ui/format.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { PriorityField } from './priority-field.js'
import { endText, StateIcon } from './task-state.js'
import { rangeText, stallText, TaskTimes } from './task-times.js'
import { usageFacts } from './usage-facts.js'
import { WaitRemedy } from './wait-remedy.js'

/** A longer description is cut off in the header, so the summary shows it in full. */
const FITS_IN_HEADER = 32
/** A shorter text fits in its box, which then need not be a stop for the keyboard. */
const FITS_IN_BOX = 200

function stopFor(text: string): 0 | undefined {
  return text.length > FITS_IN_BOX ? 0 : undefined
}

/** What a task is and how it stands, in the few lines above its details. */
export function TaskSummary({ task }: { readonly task: TaskView }) {
  const { monitor, tasks: text } = useText()
  const range = rangeText(task)
  const stall = stallText(task)
  const attempts = task.attempt > 1 || task.maxAttempts > 1
  return (
    <div className="shrink-0 px-4 pt-3 pb-2">
      {task.description.length > FITS_IN_HEADER && (
        <p
          tabIndex={stopFor(task.description)}
          className="mb-2.5 max-h-28 overflow-y-auto whitespace-pre-wrap break-words"
        >
          {task.description}
        </p>
      )}
      <p className="flex items-center gap-2">
        <StateIcon state={task.state} />
        <span className="font-medium">{endText(task)}</span>
        <span className="text-muted text-xs">
          <TaskTimes task={task} />
        </span>
        {task.state === 'running' && (
          <span className="figures ml-auto text-muted text-xs">{Math.round(task.progress)} %</span>
        )}
      </p>
      {task.state === 'running' && (
        <>
          <ProgressBar value={task.progress} label={text.state.progress} className="mt-2" />
          <p className="mt-1.5 truncate text-muted" title={task.currentStep}>
            {task.currentStep ?? text.state.working}
          </p>
          {range && <p className="figures mt-0.5 text-muted text-xs">{range}</p>}
        </>
      )}
      {stall !== null && <p className="mt-1.5 text-warn">{stall}</p>}
      {task.missed && (
        <p className="mt-1.5 text-muted">
          {text.state.missed(
            formatMoment(task.missed.scheduledAt, Date.now()),
            formatMoment(task.missed.ranAt, Date.now()),
          )}
        </p>
      )}
      {task.state === 'pending' && <WaitRemedy task={task} />}
      {task.error && (
        <p className="mt-2 break-words rounded-md border border-bad/40 bg-bad-soft px-3 py-2">
          <code className="font-mono text-bad text-xs">{task.error.code}</code> {task.error.message}
        </p>
      )}
      <dl className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-xs [&_dd]:inline [&_dt]:mr-1.5 [&_dt]:inline [&_dt]:text-faint">
        <Fact name={text.facts.type}>{monitor.types[task.type]}</Fact>
        {task.agentType !== task.type && <Fact name={text.facts.agent}>{task.agentType}</Fact>}
        <Fact name={text.facts.priority}>
          {task.state === 'pending' ? <PriorityField task={task} /> : task.priority}
        </Fact>
        {attempts && <Fact name={text.facts.attempt}>{attemptText(task, text.facts.of)}</Fact>}
        {usageFacts(task).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        <Fact name={text.facts.folder} title={task.workspace}>
          {folderName(task.workspace)}
        </Fact>
      </dl>
      {task.command && (
        <pre
          tabIndex={stopFor(task.command)}
          className="mt-2 max-h-24 overflow-y-auto whitespace-pre-wrap break-words rounded-md border bg-code px-2.5 py-1.5 font-mono text-xs"
        >
          {task.command}
        </pre>
      )}
    </div>
  )
}

/** On request a task is tried more often than it would be by itself. */
function attemptText({ attempt, maxAttempts }: TaskView, of: Text['tasks']['facts']['of']): string {
  return attempt > maxAttempts ? String(attempt) : of(String(attempt), String(maxAttempts))
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
  readonly title?: string
}

function Fact({ name, title, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={title}>{children}</dd>
    </div>
  )
}
