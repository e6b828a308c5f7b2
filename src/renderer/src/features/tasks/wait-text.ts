import type { Blocker } from '../../../../shared/model/blocker.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { MachineReading, ResourceLimits } from '../../../../shared/model/queue.js'
import { isTerminal, type TaskType, type TaskView } from '../../../../shared/model/task.js'
import { type QueueProjection, type QueueWide, type Wait, waitOf } from '../../stores/queue.js'
import { childrenOf } from '../../stores/task-tree.js'
import type { TasksState } from '../../stores/tasks.js'
import { currentText } from '../../text/text.js'
import { formatList, formatMoment, formatPercent } from '../../ui/format.js'
import { shortName, withNames } from './with-names.js'

/** What is known of everything that a task may wait for. */
export interface Surroundings {
  readonly queue: QueueProjection
  readonly tasks: TasksState['byId']
  readonly blockers: Readonly<Record<string, Blocker>>
}

/** Why a pending task waits, in a sentence; null for any other. */
export function waitText(task: TaskView, around: Surroundings): string | null {
  const wait = waitOf(task, around.queue)
  if (wait === null) return null
  return toldByFacts(task, wait, around) ?? toldByHost(wait, around)
}

/** Null where there are no facts beside the host's sentence. */
function toldByFacts(task: TaskView, wait: Wait, around: Surroundings): string | null {
  const { waits, plans } = currentText()
  const { queue, tasks } = around
  switch (wait.reason) {
    case 'dependency':
      return namesText(wait.blockedBy ?? [], around)
    case 'children':
      return namesText(openChildren(task.id, tasks), around)
    case 'schedule':
      return task.runAt === undefined ? null : waits.startsAt(formatMoment(task.runAt, Date.now()))
    case 'answer': {
      const question = questionOf(task.id, around)
      return question === undefined ? waits.forAnswer : waits.forAnswerTo(question)
    }
    case 'approval':
      return plans.waits
    case 'starting':
      return waits.starting
    case 'limit':
    case 'paused':
    case 'memory':
    case 'cpu':
      if (wait.detail === null) return heldBackText(wait.reason, queue)
      return wait.reason === 'limit' ? laneText(task.type, wait, queue.queue?.limits) : null
    case 'backoff':
    case 'mail':
    case 'quota':
      return null
  }
}

function toldByHost({ detail }: Wait, { tasks }: Surroundings): string | null {
  return detail === null ? null : withNames(detail, (id) => tasks[id]?.description)
}

function openChildren(taskId: TaskId, tasks: TasksState['byId']): readonly TaskId[] {
  return childrenOf(tasks, taskId)
    .filter(({ state }) => !isTerminal(state))
    .map(({ id }) => id)
}

function questionOf(taskId: TaskId, { blockers }: Surroundings): string | undefined {
  return Object.values(blockers).findLast(
    (blocker) => blocker.taskId === taskId && blocker.state === 'open' && blocker.kind === 'sync',
  )?.question
}

/** Tasks that a sentence names before it counts the rest. */
const NAMED = 3

function namesText(ids: readonly string[], { tasks }: Surroundings): string | null {
  if (ids.length === 0) return null
  const { waits } = currentText()
  const names = ids.slice(0, NAMED).map((id) => shortName(tasks[id as TaskId]?.description) ?? id)
  const more = ids.length - NAMED
  return waits.forTasks(formatList(more > 0 ? [...names, waits.moreTasks(more)] : names))
}

/** The limit that is reached is that of all tasks together, or of those of the same type. */
function laneText(
  type: TaskType,
  { blockedBy = [] }: Wait,
  limits: ResourceLimits | undefined,
): string | null {
  if (blockedBy.length === 0 || limits === undefined) return null
  const { limits: texts } = currentText().waits
  const count = blockedBy.length
  if (count >= limits.maxConcurrentTasks) return texts.all(count, limits.maxConcurrentTasks)
  switch (type) {
    case 'build':
      return texts.build(count, limits.maxConcurrentBuilds)
    case 'e2e_test':
      return texts.e2e_test(count, limits.maxConcurrentE2E)
    case 'command':
      return null
    case 'agent_execution':
    case 'orchestration':
    case 'analysis':
      return texts.agent(count, limits.maxConcurrentAgents)
  }
}

/** One sentence with the figures behind a reason that holds for all tasks. */
export function heldBackText(reason: QueueWide, { queue, machine }: QueueProjection): string {
  const { paused, limits } = currentText().waits
  switch (reason) {
    case 'paused':
      return paused
    case 'limit': {
      const most = queue?.limits.maxConcurrentTasks ?? 0
      const running = queue?.runningCount ?? 0
      // The limits of single types are reached earlier; which of them, only the task itself tells.
      return running < most ? limits.someType : limits.all(running, most)
    }
    case 'memory':
      return gaugeText('memory', machine, queue?.limits.memoryThreshold)
    case 'cpu':
      return gaugeText('cpu', machine, queue?.limits.cpuThreshold)
  }
}

/** Starts are allowed again only when a gauge has fallen well below its threshold. */
function gaugeText(
  gauge: 'cpu' | 'memory',
  machine: MachineReading,
  threshold: number | undefined,
): string {
  const text = currentText().waits[gauge]
  const value = machine[gauge]
  if (value === null || threshold === undefined) return text.unknown
  const tell = value > threshold ? text.above : text.notYetBelow
  return tell(formatPercent(value), formatPercent(threshold))
}
