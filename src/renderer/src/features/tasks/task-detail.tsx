import { ArrowLeft, Play, RotateCcw, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense, useEffect, useRef, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { isTerminal, type TaskResult, type TaskView } from '../../../../shared/model/task.js'
import { lazyView } from '../../app/lazy-view.js'
import { useEvidence } from '../../stores/evidence.js'
import { mayRunNow, useQueue, waitOf } from '../../stores/queue.js'
import { useTasks } from '../../stores/tasks.js'
import { closeTask, useView, type ViewState } from '../../stores/view.js'
import { type Text, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import { IconButton } from '../../ui/icon-button.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { ChangesTab } from '../changes/changes-tab.js'
import { useKnownChanges } from '../changes/use-changes.js'
import { TreeCost } from '../costs/tree-cost.js'
import { EvidenceTab } from '../evidence/evidence-tab.js'
import { PlanSection } from '../plans/plan-section.js'
import { TaskQuestions } from '../questions/task-questions.js'
import { runsCommand } from './result-content.js'
import { useTaskActions } from './task-actions.js'
import { TaskAttempts } from './task-attempts.js'
import { TaskMessages } from './task-message.js'
import { TaskOutputView } from './task-output-view.js'
import { TaskResultView } from './task-result-view.js'
import { TaskSteps } from './task-steps.js'
import { TaskSummary } from './task-summary.js'
import { TypeIcon } from './type-icon.js'
import { useDetails } from './use-details.js'

/** What is shown again when a task is closed. */
function placeBefore({ agentsOpen, agentId, schedulesOpen }: ViewState, text: Text): string {
  const { list, detail } = text.tasks
  if (agentsOpen) return agentId ?? list.agents
  return schedulesOpen ? list.recurringTasks : detail.back
}

export function TaskDetail({ taskId }: { readonly taskId: TaskId }) {
  const text = useText()
  const task = useTasks((state) => state.byId[taskId])
  const { result, error } = useDetails(taskId, task)
  const before = useView((view) => placeBefore(view, text))
  const pane = useRef<HTMLElement>(null)
  useEffect(() => pane.current?.focus(), [])
  return (
    <section
      ref={pane}
      tabIndex={-1}
      aria-label={text.tasks.detail.label}
      className="@container flex h-full flex-col bg-bg outline-none"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.target instanceof HTMLTextAreaElement) return
        // The keys of a dialog bubble up to the pane as well.
        if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return
        event.stopPropagation()
        backToList(taskId)
      }}
    >
      <PaneHeader
        title={
          <span className="flex items-center gap-2">
            {task && <TypeIcon type={task.type} />}
            <span dir="auto" className="truncate" title={task?.description}>
              {task?.description ?? text.tasks.detail.label}
            </span>
          </span>
        }
        before={<IconButton icon={ArrowLeft} label={before} onClick={() => backToList(taskId)} />}
      >
        {task && <DetailActions task={task} />}
      </PaneHeader>
      {task === undefined && error === null && <SkeletonRows rows={4} />}
      {task === undefined && error !== null && <p className="p-4 text-bad">{error}</p>}
      {task !== undefined && <DetailBody task={task} result={result} />}
    </section>
  )
}

/** Shows again what was there before, with the focus on the task that was open. */
function backToList(taskId: TaskId): void {
  closeTask()
  focusWhenFree(`[data-task="${taskId}"]`, '[data-pane="tasks"] [data-row]')
}

function DetailActions({ task }: { readonly task: TaskView }) {
  const text = useText().monitor.actions
  const actions = useTaskActions()
  const reason = useQueue((queue) => waitOf(task, queue)?.reason)
  const mayRetry = task.state === 'failed' || task.state === 'cancelled'
  return (
    <>
      {reason !== undefined && mayRunNow(reason) && (
        <Button small onClick={() => actions.runNow(task.id)}>
          <Play aria-hidden size={12} /> {text.runNow}
        </Button>
      )}
      {!isTerminal(task.state) && (
        <Button small onClick={() => actions.cancel(task.id)}>
          <X aria-hidden size={13} /> {text.cancel}
        </Button>
      )}
      {mayRetry && (
        <Button small onClick={() => actions.retry(task.id)}>
          <RotateCcw aria-hidden size={12} /> {text.retry}
        </Button>
      )}
    </>
  )
}

interface DetailBodyProps {
  readonly task: TaskView
  readonly result: TaskResult | null
}

/** Charts are read when somebody looks at them. */
const TaskResources = lazyView(async () => (await import('./task-resources.js')).TaskResources)

const TAB =
  'h-8 shrink-0 border-b-2 border-transparent px-1 text-muted data-[state=active]:border-accent-text data-[state=active]:text-text'

function DetailBody({ task, result }: DetailBodyProps) {
  const { detail, output, resources } = useText().tasks
  const ended = isTerminal(task.state)
  const [chosen, setChosen] = useState<string | null>(null)
  const leads = task.type === 'orchestration'
  const work = leads ? 'plan' : task.steps.length > 0 ? 'steps' : 'output'
  const changes = useKnownChanges(task.id, task.state)
  const artifacts = result?.artifacts
  const changed = changes.worktree !== null || (artifacts?.files.length ?? 0) > 0
  const found = useEvidence((evidence) => evidence[task.id] !== undefined)
  const checked = found || (task.checks?.length ?? 0) > 0
  const tab = chosen ?? (ended ? 'result' : work)
  return (
    <>
      <TaskQuestions taskId={task.id} />
      <TaskSummary task={task} />
      <TreeCost task={task} />
      <Tabs.Root value={tab} onValueChange={setChosen} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List
          aria-label={detail.tabs}
          // Whoever chooses what is shown already means to keep it when the task ends.
          onClick={() => setChosen(tab)}
          className="flex shrink-0 flex-wrap @lg:gap-x-4 gap-x-1 border-b px-4"
        >
          {leads && (
            <Tabs.Trigger value="plan" className={TAB}>
              {detail.plan}
            </Tabs.Trigger>
          )}
          <Tabs.Trigger value="steps" className={TAB}>
            {detail.steps}
          </Tabs.Trigger>
          <Tabs.Trigger value="output" className={TAB}>
            {output.label}
          </Tabs.Trigger>
          <Tabs.Trigger value="result" className={TAB} disabled={!ended}>
            {detail.result}
          </Tabs.Trigger>
          {changed && (
            <Tabs.Trigger value="changes" className={TAB}>
              {detail.changes}
            </Tabs.Trigger>
          )}
          {checked && (
            <Tabs.Trigger value="checks" className={TAB}>
              {detail.checks}
            </Tabs.Trigger>
          )}
          <Tabs.Trigger value="resources" className={TAB}>
            {resources.tab}
          </Tabs.Trigger>
          <Tabs.Trigger value="attempts" className={TAB}>
            {detail.attempts}
            {task.attempt > 1 && <span className="@max-xs:hidden"> ({task.attempt})</span>}
          </Tabs.Trigger>
        </Tabs.List>
        {leads && (
          <Tabs.Content value="plan" className="min-h-0 flex-1 overflow-y-auto">
            <PlanSection task={task} />
          </Tabs.Content>
        )}
        <Tabs.Content value="steps" className="min-h-0 flex-1 overflow-y-auto">
          <TaskSteps task={task} />
        </Tabs.Content>
        <Tabs.Content value="output" className="min-h-0 flex-1">
          <TaskOutputView taskId={task.id} running={!ended} removedAt={task.outputRemovedAt} />
        </Tabs.Content>
        <Tabs.Content value="result" className="min-h-0 flex-1 overflow-y-auto">
          <TaskResultView task={task} result={result} />
        </Tabs.Content>
        {changed && (
          <Tabs.Content value="changes" className="min-h-0 flex-1">
            <ChangesTab task={task} changes={changes} artifacts={artifacts} />
          </Tabs.Content>
        )}
        {checked && (
          <Tabs.Content value="checks" className="min-h-0 flex-1 overflow-y-auto">
            <EvidenceTab task={task} />
          </Tabs.Content>
        )}
        <Tabs.Content value="resources" className="min-h-0 flex-1 overflow-y-auto">
          <Suspense fallback={<SkeletonRows rows={5} />}>
            <TaskResources task={task} />
          </Suspense>
        </Tabs.Content>
        <Tabs.Content value="attempts" className="min-h-0 flex-1 overflow-y-auto">
          <TaskAttempts task={task} onShowOutput={() => setChosen('output')} />
        </Tabs.Content>
      </Tabs.Root>
      {!runsCommand(task.type) && <TaskMessages task={task} />}
    </>
  )
}
