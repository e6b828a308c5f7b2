import type { CheckpointId, TaskId } from '../../../shared/model/ids.js'
import type { Checkpoint } from '../../../shared/rpc/checkpoint.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog } from '../events/event-log.js'
import type { Clock, Ids } from '../ports.js'
import { about } from '../scheduler/task-events.js'
import {
  type CheckpointRecord,
  deleteCheckpoint,
  insertCheckpoint,
  type SavedWorkspace,
  selectCheckpoint,
  selectCheckpoints,
} from '../store/queries/checkpoints.js'
import { selectTask } from '../store/queries/tasks.js'
import { beginSavedTeam, type NewTeamOptions } from './begin-saved-team.js'
import { readTeam, teamTasks } from './read-team.js'

/** Keeps and gives back what is in the workspaces of tasks. */
export interface Snapshots {
  /** Null for a task without a workspace of its own. @param name of the reference that keeps the commit */
  save(taskId: TaskId, name: string): Promise<Omit<SavedWorkspace, 'taskId'> | null>
  forget(repository: string, name: string): Promise<void>
}

export interface TeamCheckpointsOptions extends NewTeamOptions {
  readonly log: EventLog
  readonly clock: Clock
  readonly ids: Ids
  readonly snapshots: Snapshots
}

/**
 * Saved states of teams (SEEDS C6): the graph, the contexts and the workspaces. To restore one starts a new team
 * from it; the old one, and all that it has done since, stays as it is.
 */
export class TeamCheckpoints {
  readonly #options: TeamCheckpointsOptions

  constructor(options: TeamCheckpointsOptions) {
    this.#options = options
  }

  /** @throws AppError `not_found`, `invalid_params` for a task that leads nobody */
  async create(id: TaskId, name: string | undefined): Promise<Checkpoint> {
    const { log, ids, snapshots } = this.#options
    const checkpointId = ids.next('chk') as CheckpointId
    // Contexts first: files that are newer than what their agent remembers are what a crash gives, too.
    const team = log.transaction((tx) => readTeam(tx, id))
    const workspaces: SavedWorkspace[] = []
    for (const taskId of teamTasks(team)) {
      const saved = await snapshots.save(taskId, referenceOf(checkpointId, taskId))
      if (saved !== null) workspaces.push({ taskId, ...saved })
    }
    return log.transaction((tx) => {
      const lead = selectTask(tx.db, id, tx.at)
      if (lead === undefined) throw new AppError('not_found', `there is no task ${id}`)
      const record: CheckpointRecord = {
        id: checkpointId,
        taskId: id,
        name: name ?? `Saved ${new Date(tx.at).toISOString()}`,
        team: { ...team, workspaces },
        createdAtMs: tx.at,
      }
      insertCheckpoint(tx.db, record)
      const checkpoint = viewOf(record)
      tx.emit('checkpoint.created', { ...about(lead), checkpoint })
      return checkpoint
    })
  }

  /** Newest first. */
  list(id: TaskId | undefined): Checkpoint[] {
    const { log, clock } = this.#options
    return log.query((db) => selectCheckpoints(db, id, clock.now())).map(viewOf)
  }

  /** @returns the task of the new lead. @throws AppError `not_found` */
  async restore(id: CheckpointId): Promise<TaskId> {
    const { log } = this.#options
    return log.transaction((tx) => {
      const { team } = foundOrFail(selectCheckpoint(tx.db, id, tx.at), id)
      return beginSavedTeam(tx, team, this.#options)
    })
  }

  /** @throws AppError `not_found` */
  async delete(id: CheckpointId): Promise<void> {
    const { log, clock, snapshots } = this.#options
    const { team } = foundOrFail(
      log.query((db) => selectCheckpoint(db, id, clock.now())),
      id,
    )
    log.transaction((tx) => {
      deleteCheckpoint(tx.db, id)
      tx.emit('checkpoint.deleted', { taskId: team.leadId, checkpointId: id })
    })
    for (const { repository, taskId } of team.workspaces) {
      await snapshots.forget(repository, referenceOf(id, taskId))
    }
  }
}

function referenceOf(checkpointId: CheckpointId, taskId: TaskId): string {
  return `refs/smart-agents/checkpoints/${checkpointId}/${taskId}`
}

function foundOrFail(found: CheckpointRecord | undefined, id: CheckpointId): CheckpointRecord {
  if (found !== undefined) return found
  throw new AppError('not_found', `checkpointId: there is no checkpoint ${id}`)
}

function viewOf({ id, taskId, name, createdAtMs, team }: CheckpointRecord): Checkpoint {
  const parts = team.plans.at(-1)?.parts ?? []
  const completed = parts.filter(({ result }) => result !== null).length
  return {
    ...{ id, taskId, name, createdAt: createdAtMs },
    parts: { completed, open: parts.length - completed },
    workspaces: team.workspaces.length,
  }
}
