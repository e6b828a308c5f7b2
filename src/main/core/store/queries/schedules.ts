import { z } from 'zod'
import { ScheduleId, TaskId } from '../../../../shared/model/ids.js'
import { Misfire } from '../../../../shared/model/misfire.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { CronRule } from '../../schedules/cron.js'
import { type ScheduleRecord, ScheduleTemplate } from '../../schedules/schedule-record.js'
import type { WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const ScheduleRow = z
  .object({
    id: ScheduleId,
    cron: z.string(),
    timezone: z.string(),
    misfire: json(Misfire),
    template: json(ScheduleTemplate),
    paused: z.number(),
    task_id: TaskId.nullable(),
    settled_ms: z.number(),
    runs: z.number(),
    last_task_id: TaskId.nullable(),
    created_at_ms: z.number(),
    ended_at_ms: z.number().nullable(),
  })
  .superRefine(({ cron, timezone }, context) => {
    // A time zone that was known once may be unknown to a later version.
    try {
      new CronRule(cron, timezone)
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) })
    }
  })
  .transform(
    (row): ScheduleRecord => ({
      id: row.id,
      cron: row.cron,
      timezone: row.timezone,
      misfire: row.misfire,
      template: row.template,
      paused: row.paused === 1,
      taskId: row.task_id,
      settledMs: row.settled_ms,
      runs: row.runs,
      lastTaskId: row.last_task_id,
      createdAtMs: row.created_at_ms,
      endedAtMs: row.ended_at_ms,
    }),
  )

function parse(db: WriteDb, rows: readonly unknown[], atMs: number): ScheduleRecord[] {
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'schedules', key, atMs }, ScheduleRow, rows)
}

export function insertSchedule(db: WriteDb, entry: ScheduleRecord): void {
  statement(
    db,
    `INSERT INTO schedules (id, cron, timezone, misfire, template, paused, task_id, settled_ms, runs,
       last_task_id, created_at_ms, ended_at_ms)
     VALUES (@id, @cron, @timezone, @misfire, @template, @paused, @taskId, @settledMs, @runs,
       @lastTaskId, @createdAtMs, @endedAtMs)`,
  ).run({
    ...entry,
    misfire: JSON.stringify(entry.misfire),
    template: JSON.stringify(entry.template),
    paused: entry.paused ? 1 : 0,
  })
}

/** Stores what of a schedule may change. */
export function updateSchedule(db: WriteDb, entry: ScheduleRecord): void {
  const { id, paused, taskId, settledMs, runs, lastTaskId, endedAtMs } = entry
  statement(
    db,
    `UPDATE schedules SET paused = @paused, task_id = @taskId, settled_ms = @settledMs, runs = @runs,
       last_task_id = @lastTaskId, ended_at_ms = @endedAtMs WHERE id = @id`,
  ).run({ id, paused: paused ? 1 : 0, taskId, settledMs, runs, lastTaskId, endedAtMs })
}

export function selectSchedule(db: WriteDb, id: string, atMs: number): ScheduleRecord | undefined {
  const row = statement(db, 'SELECT * FROM schedules WHERE id = ?').get(id)
  return row === undefined ? undefined : parse(db, [row], atMs)[0]
}

/** Those that have not ended, oldest first. */
export function selectOpenSchedules(db: WriteDb, atMs: number): ScheduleRecord[] {
  const rows = statement(
    db,
    'SELECT * FROM schedules INDEXED BY schedules_open WHERE ended_at_ms IS NULL ORDER BY ordinal',
  ).all()
  return parse(db, rows, atMs)
}
