import { afterEach, describe, expect, it } from 'vitest'
import { queueProjection } from '../../../../../test/support/queue-projection.js'
import type { Blocker } from '../../../../shared/model/blocker.js'
import { BlockerId, TaskId } from '../../../../shared/model/ids.js'
import { DEFAULT_LIMITS } from '../../../../shared/model/queue.js'
import type { TaskView, WaitingFor, WaitReason } from '../../../../shared/model/task.js'
import { de } from '../../text/de/index.js'
import { useWords } from '../../text/text.js'
import { formatMoment } from '../../ui/format.js'
import { heldBackText, type Surroundings, waitText } from './wait-text.js'

afterEach(() => useWords.setState(useWords.getInitialState()))

function inGerman(): void {
  useWords.setState({ language: 'de', locale: 'de-DE', text: de })
}

function taskOf(id: string, change: Partial<TaskView> = {}): TaskView {
  const task = { id: TaskId.parse(id), type: 'build', description: id, state: 'pending' } as const
  return { ...task, ...change } as TaskView
}

function around(tasks: readonly TaskView[] = [], queue = queueProjection()): Surroundings {
  return { queue, blockers: {}, tasks: Object.fromEntries(tasks.map((task) => [task.id, task])) }
}

function waiting(reason: WaitReason, change: Partial<WaitingFor> = {}): TaskView {
  const waitingFor = { reason, detail: 'As the host says', since: 1, ...change }
  return taskOf('task_a', { waitingFor })
}

const others = ['Lint', 'Build', 'Test', 'Pack', 'Send'].map((description, index) =>
  taskOf(`task_${index}`, { description, parentId: TaskId.parse('task_a') }),
)

describe('why a task waits', () => {
  it('names the tasks in the way, and counts what is too much to name', () => {
    const blockedBy = others.map(({ id }) => id)
    expect(waitText(waiting('dependency', { blockedBy }), around(others))).toBe(
      'Waits for “Lint”, “Build”, “Test”, and 2 more',
    )
    expect(waitText(waiting('children'), around(others.slice(0, 2)))).toBe(
      'Waits for “Lint” and “Build”',
    )
    expect(waitText(waiting('dependency', { blockedBy: ['task_zz'] }), around())).toBe(
      'Waits for task_zz',
    )
    inGerman()
    expect(waitText(waiting('dependency', { blockedBy }), around(others))).toBe(
      'Wartet auf „Lint“, „Build“, „Test“ und 2 weitere',
    )
  })

  it('does not wait for subtasks that have ended', () => {
    const [done, open] = others
    const tasks = [{ ...done, state: 'completed' } as TaskView, open as TaskView]
    expect(waitText(waiting('children'), around(tasks))).toBe('Waits for “Build”')
  })

  it('tells the instant as a person reads it', () => {
    const runAt = Date.UTC(2027, 0, 31, 9)
    const task = { ...waiting('schedule', { detail: '2027-01-31T09:00:00.000Z' }), runAt }
    expect(waitText(task, around())).toBe(`Starts at ${formatMoment(runAt, Date.now())}`)
    inGerman()
    expect(waitText(task, around())).toBe(`Startet: ${formatMoment(runAt, Date.now())}`)
  })

  it('asks the question that stops it', () => {
    const taskId = TaskId.parse('task_a')
    const asked = { taskId, kind: 'sync', state: 'open', question: 'Which port?' } as Blocker
    const blockers = {
      blk_1: { ...asked, kind: 'async', question: 'Which color?' } as Blocker,
      blk_2: { ...asked, id: BlockerId.parse('blk_2') },
    }
    const task = waiting('answer')
    expect(waitText(task, { ...around(), blockers })).toBe('Waits for your answer: Which port?')
    expect(waitText(task, around())).toBe('Waits for your answer')
  })

  it('tells of the limit on its type what runs and what may', () => {
    const blockedBy = ['task_0', 'task_1'].map((id) => TaskId.parse(id))
    const queue = queueProjection({ running: blockedBy })
    const task = waiting('limit', { blockedBy })
    expect(waitText(task, around([], queue))).toBe('2 of 2 builds are running')
    expect(waitText({ ...task, type: 'analysis' }, around([], queue))).toBe(
      '2 of 6 agents are running',
    )
    inGerman()
    expect(waitText(task, around([], queue))).toBe('2 von 2 Builds laufen')
    const alone = waiting('limit', { blockedBy: blockedBy.slice(0, 1) })
    expect(waitText({ ...alone, type: 'e2e_test' }, around([], queue))).toBe(
      '1 von 1 E2E-Test läuft',
    )
  })

  it('tells how many run also where a limit of one came later', () => {
    const blockedBy = ['task_0', 'task_1', 'task_2'].map((id) => TaskId.parse(id))
    const limits = { ...DEFAULT_LIMITS, maxConcurrentBuilds: 1 }
    const task = waiting('limit', { blockedBy })
    expect(waitText(task, around([], queueProjection({ limits })))).toBe(
      '3 of 1 builds are running',
    )
    const single = queueProjection({
      limits: { ...limits, maxConcurrentTasks: 1 },
      runningCount: 3,
    })
    expect(heldBackText('limit', single)).toBe('3 of 1 tasks are running')
    inGerman()
    expect(heldBackText('limit', single)).toBe('3 von 1 Aufgaben laufen')
  })

  it('repeats what the host says where that is all there is', () => {
    const detail = 'Waits for the answer of bob about task_1.'
    expect(waitText(waiting('mail', { detail }), around(others))).toBe(
      'Waits for the answer of bob about “Build”.',
    )
    expect(waitText({ ...waiting('mail'), state: 'running' }, around())).toBeNull()
  })
})

describe('what holds back all tasks', () => {
  it('is told with the figures of this moment', () => {
    expect(heldBackText('cpu', queueProjection())).toBe(
      'CPU is at 84\u00a0%, above the threshold of 70\u00a0%',
    )
    expect(heldBackText('memory', queueProjection())).toBe(
      'Memory is at 60\u00a0%, not yet far enough below the threshold of 85\u00a0%',
    )
    expect(heldBackText('limit', queueProjection())).toBe('5 of 5 tasks are running')
    expect(heldBackText('limit', queueProjection({ runningCount: 1 }))).toContain('builds')
    const unknown = { ...queueProjection(), machine: { cpu: null, memory: null } }
    expect(heldBackText('cpu', unknown)).toBe('The processor is busy')
    inGerman()
    expect(heldBackText('paused', queueProjection())).toBe('Die Warteschlange ist angehalten')
    expect(heldBackText('cpu', queueProjection())).toBe(
      'CPU bei 84\u00a0%, über der Schwelle von 70\u00a0%',
    )
  })
})
