import { Circle, CircleAlert, CircleCheck } from 'lucide-react'
import type { TaskView } from '../../../../shared/model/task.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'

type StepState = TaskView['steps'][number]['state']

/** The plan of a task: what is done, what is under way, what is to come. */
export function TaskSteps({ task }: { readonly task: TaskView }) {
  const text = useText().tasks.steps
  if (task.steps.length === 0) return <p className="p-4 text-muted">{text.none}</p>
  return (
    <ol aria-label={text.label} className="px-4 py-3">
      {task.steps.map((step, index) => (
        <li
          key={index}
          aria-current={step.state === 'active' ? 'step' : undefined}
          className="relative flex gap-2.5 pb-3 last:pb-0"
        >
          {index < task.steps.length - 1 && (
            <span aria-hidden className="absolute top-4 bottom-0 left-[7px] w-px bg-border" />
          )}
          <StepIcon state={step.state} />
          <span
            className={cx(
              step.state === 'active' && 'font-medium',
              step.state === 'pending' && 'text-muted',
            )}
          >
            {step.title}
            <span className="sr-only">{`, ${text.states[step.state]}`}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function StepIcon({ state }: { readonly state: StepState }) {
  const common = { 'aria-hidden': true, size: 15, strokeWidth: 1.75 }
  const place = 'relative mt-0.5 shrink-0 bg-bg'
  if (state === 'done') return <CircleCheck {...common} className={cx(place, 'text-good')} />
  if (state === 'failed') return <CircleAlert {...common} className={cx(place, 'text-bad')} />
  if (state === 'pending') return <Circle {...common} className={cx(place, 'text-border-strong')} />
  return (
    <span aria-hidden className={cx(place, 'grid size-[15px] place-items-center')}>
      <span className="busy-dot" />
    </span>
  )
}
