import type { TaskId } from '../../../../shared/model/ids.js'
import type { ProcessIdentity } from '../../ports.js'
import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

export interface RecordedProcess extends ProcessIdentity {
  readonly id: number
  readonly taskId: TaskId
  readonly marker: string
}

/** Notes the leader of a process group, so that a later host can end it. */
export function insertProcess(
  db: WriteDb,
  entry: Omit<RecordedProcess, 'id'> & { readonly atMs: number },
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO processes (task_id, marker, pid, start_time, started_at_ms)
     VALUES (@taskId, @marker, @pid, @startTime, @atMs)`,
  ).run(entry)
  return Number(lastInsertRowid)
}

/** Only when the operating system has confirmed that the group is dead. */
export function deleteProcess(db: WriteDb, id: number): void {
  statement(db, 'DELETE FROM processes WHERE id = ?').run(id)
}

export function selectProcesses(db: ReadDb): RecordedProcess[] {
  return statement(
    db,
    'SELECT id, task_id AS taskId, marker, pid, start_time AS startTime FROM processes ORDER BY id',
  ).all() as RecordedProcess[]
}
