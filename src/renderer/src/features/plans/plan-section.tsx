import { Suspense, useEffect, useRef, useState } from 'react'
import type { Plan } from '../../../../shared/model/plan.js'
import type { TaskView } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { lazyView } from '../../app/lazy-view.js'
import { useConnection } from '../../stores/connection.js'
import { usePlans } from '../../stores/plans.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { SkeletonRows } from '../../ui/pane.js'
import { CheckpointSection } from '../checkpoints/checkpoint-section.js'
import { PlanApproval } from './plan-approval.js'
import { PlanList } from './plan-list.js'
import { progressText } from './plan-model.js'

const Graph = lazyView(async () => (await import('./plan-graph.js')).PlanGraph)

/** What a lead means to have done and how far that is, in its details. */
export function PlanSection({ task }: { readonly task: TaskView }) {
  const text = useText().plans
  const error = useReadPlans(task)
  const plans = usePlans((state) => state.byTask[task.id]?.plans)
  const [chosen, setChosen] = useState<string | null>(null)
  const plan = plans?.find(({ id }) => id === chosen) ?? plans?.at(-1)
  return (
    <div data-plan tabIndex={-1} className="flex flex-col gap-3 px-4 py-3 outline-none">
      {plans === undefined && error === null && <SkeletonRows rows={3} />}
      {error !== null && (
        <p role="alert" className="break-words text-bad">
          {text.notRead(error)}
        </p>
      )}
      {plans?.length === 0 && <p className="text-muted">{text.none}</p>}
      {plans !== undefined && plans.length > 1 && (
        <Rounds plans={plans} shown={plan?.id ?? null} onChoose={setChosen} />
      )}
      {plan !== undefined && <PlanView key={plan.id} plan={plan} lead={task} />}
      <CheckpointSection taskId={task.id} />
    </div>
  )
}

function useReadPlans(task: TaskView): string | null {
  const host = useHost()
  const ready = useConnection((state) => state.phase.name === 'ready')
  const [error, setError] = useState<string | null>(null)
  // Parts that end are told by their tasks; who did them is with the plan.
  const stand = useTasks(({ byId }) =>
    Object.values(byId)
      .filter(({ parentId }) => parentId === task.id)
      .map(({ state }) => state)
      .join(),
  )
  const asked = ready ? stand : null
  useEffect(() => {
    if (asked === null) return
    let gone = false
    const told = (text: string | null) => {
      if (!gone) setError(text)
    }
    host.readPlans(task.id).then(
      () => told(null),
      (reason: unknown) => told(messageOf(reason)),
    )
    return () => {
      gone = true
    }
  }, [host, task.id, asked])
  return error
}

interface RoundsProps {
  readonly plans: readonly Plan[]
  readonly shown: string | null
  readonly onChoose: (id: string) => void
}

/** A lead plans again when parts have failed or its plan was rejected. */
function Rounds({ plans, shown, onChoose }: RoundsProps) {
  const text = useText().plans
  return (
    <label className="flex items-center gap-2 text-xs">
      <span className="text-muted">{text.plan}</span>
      <select
        value={shown ?? ''}
        className="h-6 min-w-0 rounded-md border border-border-strong/60 bg-surface px-1.5"
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {plans.map(({ id, state }, index) => (
          <option key={id} value={id}>
            {text.round(index + 1, plans.length, text.states[state])}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Narrower than this a list says more than a picture. */
const WIDE_PX = 520

function PlanView({ plan, lead }: { readonly plan: Plan; readonly lead: TaskView }) {
  const text = useText().plans
  const tasks = useTasks((state) => state.byId)
  const box = useRef<HTMLElement>(null)
  const width = useWidth(box)
  const [chosen, setChosen] = useState<'list' | 'graph' | null>(null)
  const view = chosen ?? (width >= WIDE_PX ? 'graph' : 'list')
  return (
    <section ref={box} aria-label={text.plan} className="flex flex-col gap-2">
      {plan.goal !== lead.description && (
        <p className="whitespace-pre-wrap break-words">{plan.goal}</p>
      )}
      {plan.state === 'proposed' && <PlanApproval plan={plan} workspace={lead.workspace} />}
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-muted text-xs">
          {plan.state === 'running' || plan.state === 'settled'
            ? progressText(plan, tasks)
            : text.parts(plan.parts.length)}
        </p>
        <fieldset className="flex shrink-0 rounded-md border p-px">
          <legend className="sr-only">{text.showAs}</legend>
          {(['list', 'graph'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={view === name}
              onClick={() => setChosen(name)}
              className={cx(
                'h-5 rounded px-2 text-xs',
                view === name ? 'bg-selected' : 'text-muted hover:bg-hover',
              )}
            >
              {name === 'list' ? text.list : text.graph}
            </button>
          ))}
        </fieldset>
      </div>
      {view === 'list' ? (
        <PlanList plan={plan} />
      ) : (
        <Suspense fallback={<SkeletonRows rows={3} />}>
          <Graph plan={plan} />
        </Suspense>
      )}
    </section>
  )
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (box.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box])
  return width
}
