import { createHash } from 'node:crypto'
import type { TaskType } from '../../../shared/model/task.js'
import { laneOf } from './lane.js'

/**
 * Tasks of one kind probably need the same time, memory and processor: those that run the same command in
 * the same folder, and those that the same sort of agent does.
 */
export function kindOf(task: {
  readonly type: TaskType
  readonly agentType: string
  readonly command: string | null
  readonly workspace: string
}): string {
  if (laneOf(task.type) === 'agent') return `${task.type}:${task.agentType}`
  const place = createHash('sha1')
    .update(`${task.workspace}\0${task.command ?? ''}`)
    .digest('hex')
  return `${task.type}:${place.slice(0, 16)}`
}
