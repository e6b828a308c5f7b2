import { Fragment } from 'react'
import type { Plan, PlanPart } from '../../../../shared/model/plan.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { checkText } from '../evidence/check-states.js'
import { StateIcon } from '../tasks/task-state.js'
import { layersOf, standingOf, titlesOf } from './plan-model.js'

/** The parts of a plan in words, each after those that it depends on. */
export function PlanList({ plan }: { readonly plan: Plan }) {
  const text = useText().plans
  const parts = layersOf(plan.parts).flat()
  return (
    <ol aria-label={text.partsOfPlan} className="flex flex-col divide-y rounded-md border">
      {parts.map((part) => (
        <li key={part.key} className="px-3 py-2">
          <Part part={part} parts={plan.parts} />
        </li>
      ))}
    </ol>
  )
}

interface PartProps {
  readonly part: PlanPart
  readonly parts: readonly PlanPart[]
}

function Part({ part, parts }: PartProps) {
  const { monitor, plans: text } = useText()
  const tasks = useTasks((state) => state.byId)
  const { state, progress, step } = standingOf(part, tasks)
  const { taskId } = part
  return (
    <>
      <div className="flex items-center gap-2">
        {state !== null && <StateIcon state={state} small />}
        {taskId === undefined ? (
          <span className="min-w-0 flex-1 break-words font-medium">{part.title}</span>
        ) : (
          <button
            type="button"
            className="min-w-0 flex-1 break-words rounded text-left font-medium hover:underline"
            onClick={() => showTask(taskId)}
          >
            {part.title}
          </button>
        )}
        {state !== null && (
          <span className="figures shrink-0 text-muted text-xs">
            {state === 'running' ? `${Math.round(progress)} %` : monitor.states[state]}
          </span>
        )}
      </div>
      {state === 'running' && (
        <ProgressBar value={progress} label={text.progressOf(part.title)} className="mt-1.5" />
      )}
      {step && <p className="mt-1 truncate text-muted text-xs">{step}</p>}
      {part.description !== part.title && (
        <p className="mt-1 line-clamp-3 whitespace-pre-wrap break-words text-muted">
          {part.description}
        </p>
      )}
      <PartFacts part={part} parts={parts} />
    </>
  )
}

function PartFacts({ part, parts }: PartProps) {
  const { plans: text, ui } = useText()
  const facts = [
    [text.factAgent, part.agent, part.reason],
    [text.factWorker, part.worker === undefined ? '' : part.worker, ''],
    [text.factAfter, ui.listed(titlesOf(part.dependsOn, parts)), ''],
    [text.factChecks, ui.listed(part.checks.map(checkText)), ''],
  ].filter(([, value]) => value !== '')
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
      {facts.map(([name, value, reason]) => (
        <Fragment key={name}>
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 break-words">
            {value}
            {reason && <span className="text-muted">{` · ${reason}`}</span>}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}
