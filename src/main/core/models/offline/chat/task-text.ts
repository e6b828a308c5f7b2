import { duration, oneLine } from '../report/markdown.js'
import type { ListedTask } from './task-list.js'

/** `**Run the tests** (task_a1)`: how every reply names a task. */
export function nameOf(task: { readonly id: string; readonly description: string }): string {
  const description = oneLine(task.description, 100).replaceAll('*', '\\*')
  return description === '' ? task.id : `**${description}** (${task.id})`
}

/** How one task stands, in one line. */
export function statusLine(task: ListedTask): string {
  return `${nameOf(task)}: ${stateText(task)}`
}

function stateText(task: ListedTask): string {
  switch (task.state) {
    case 'running': {
      const left = task.estimatedTimeRemaining
      return [
        `running, ${Math.round(task.progress)} %`,
        ...(task.currentStep === undefined ? [] : [`now: ${oneLine(task.currentStep, 100)}`]),
        ...(left === undefined ? [] : [`about ${duration(left)} left`]),
      ].join('; ')
    }
    case 'pending': {
      const waiting = task.waitingFor
      return waiting === undefined
        ? 'waiting to start'
        : `waiting (${waiting.reason}): ${oneLine(waiting.detail, 200)}`
    }
    case 'completed':
      return 'completed'
    case 'failed':
    case 'cancelled': {
      const why = task.error === undefined ? '' : ` — ${oneLine(task.error.message, 200)}`
      return `${task.state}${why}`
    }
  }
}

const MOST_ENDED = 5

/** All tasks at a glance: what runs, what waits, what ended last. */
export function overview(tasks: readonly ListedTask[]): string {
  const groups = [
    { title: 'Running', tasks: tasks.filter((task) => task.state === 'running') },
    { title: 'Waiting', tasks: tasks.filter((task) => task.state === 'pending') },
  ].filter((group) => group.tasks.length > 0)
  const ended = tasks.filter((task) => !['running', 'pending'].includes(task.state))
  const parts = groups.map(
    (group) => `${group.title} (${group.tasks.length}):\n${lines(group.tasks)}`,
  )
  if (groups.length === 0) parts.push('Nothing is running or waiting.')
  if (ended.length > 0) {
    const shown = ended.slice(0, MOST_ENDED)
    const title = shown.length < ended.length ? `The last ${shown.length} that ended` : 'Ended'
    parts.push(`${title}:\n${lines(shown)}`)
  }
  return parts.join('\n\n')
}

export function lines(tasks: readonly ListedTask[]): string {
  return tasks.map((task) => `- ${statusLine(task)}`).join('\n')
}
