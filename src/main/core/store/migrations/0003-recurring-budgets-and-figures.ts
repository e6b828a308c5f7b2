/** Recurring tasks; trees, budgets, limits and peaks of tasks; figures by day; how many wait. */
export const recurringBudgetsAndFigures = `
ALTER TABLE tasks ADD COLUMN parent_id TEXT;
ALTER TABLE tasks ADD COLUMN schedule_id TEXT;
ALTER TABLE tasks ADD COLUMN has_dependents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN budget TEXT;
ALTER TABLE tasks ADD COLUMN limits TEXT;
ALTER TABLE tasks ADD COLUMN on_interruption TEXT NOT NULL DEFAULT 'rerun';
ALTER TABLE tasks ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN cost_micro_usd INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN unpriced_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN stretch_started_at_ms INTEGER;
ALTER TABLE tasks ADD COLUMN stretch_log_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN attempt_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN heartbeat_ms INTEGER;
ALTER TABLE tasks ADD COLUMN stalled_since_ms INTEGER;
ALTER TABLE tasks ADD COLUMN peak_memory_bytes INTEGER;
ALTER TABLE tasks ADD COLUMN peak_cpu_percent REAL;
UPDATE tasks SET kind = type, has_dependents = id IN (SELECT depends_on FROM task_dependencies);
-- An attempt is on record once it has ended; the one under way stands with its task.
UPDATE tasks SET (stretch_started_at_ms, stretch_log_offset) =
  (SELECT started_at_ms, log_offset FROM attempts
   WHERE task_id = tasks.id AND ended_at_ms IS NULL ORDER BY started_at_ms DESC LIMIT 1)
  WHERE EXISTS (SELECT 1 FROM attempts WHERE task_id = tasks.id AND ended_at_ms IS NULL);
DELETE FROM attempts WHERE ended_at_ms IS NULL;

CREATE INDEX tasks_by_parent ON tasks (parent_id, ordinal) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_by_schedule ON tasks (schedule_id, ordinal) WHERE schedule_id IS NOT NULL;
DROP INDEX tasks_finished_by_type;
CREATE INDEX tasks_finished_by_kind ON tasks (kind, completed_at_ms) WHERE state = 'completed';

-- Of one task only its progress is ever asked for; of the rest an index would double the cost.
DROP INDEX events_by_task;
CREATE INDEX events_of_progress ON events (task_id, seq) WHERE name = 'task.progress';

CREATE TABLE schedules (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  cron          TEXT    NOT NULL,
  timezone      TEXT    NOT NULL,
  misfire       TEXT    NOT NULL,
  template      TEXT    NOT NULL,
  paused        INTEGER NOT NULL DEFAULT 0,
  -- The run that waits for its instant or is under way; null while the schedule is paused or over.
  task_id       TEXT,
  -- Up to here every instant was run or given up.
  settled_ms    INTEGER NOT NULL,
  -- Those that have begun and ended, and the newest of them.
  runs          INTEGER NOT NULL DEFAULT 0,
  last_task_id  TEXT,
  created_at_ms INTEGER NOT NULL,
  ended_at_ms   INTEGER
) STRICT;
CREATE INDEX schedules_open ON schedules (ordinal) WHERE ended_at_ms IS NULL;

CREATE TABLE figures_by_type (
  day             INTEGER NOT NULL,
  type            TEXT    NOT NULL,
  completed       INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  cancelled       INTEGER NOT NULL DEFAULT 0,
  running_ms      INTEGER NOT NULL DEFAULT 0,
  started         INTEGER NOT NULL DEFAULT 0,
  wait_ms         INTEGER NOT NULL DEFAULT 0,
  tokens          INTEGER NOT NULL DEFAULT 0,
  cost_micro_usd  INTEGER NOT NULL DEFAULT 0,
  unpriced_tokens INTEGER NOT NULL DEFAULT 0,
  peak_memory     INTEGER,
  peak_cpu        REAL,
  PRIMARY KEY (day, type)
) STRICT, WITHOUT ROWID;
CREATE TABLE figures_by_cause (
  day   INTEGER NOT NULL,
  cause TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, cause)
) STRICT, WITHOUT ROWID;
CREATE TABLE figures_of_machine (
  day         INTEGER PRIMARY KEY,
  busy_ms     INTEGER NOT NULL DEFAULT 0,
  peak_cpu    REAL,
  peak_memory REAL
) STRICT;

-- A count of a hundred thousand rows takes milliseconds; this one is kept with every change.
CREATE TABLE waiting_count (id INTEGER PRIMARY KEY CHECK (id = 1), tasks INTEGER NOT NULL) STRICT;
INSERT INTO waiting_count SELECT 1, count(*) FROM tasks WHERE state = 'pending';
CREATE TRIGGER tasks_waiting_added AFTER INSERT ON tasks WHEN new.state = 'pending' BEGIN
  UPDATE waiting_count SET tasks = tasks + 1;
END;
CREATE TRIGGER tasks_waiting_changed AFTER UPDATE OF state ON tasks
  WHEN (old.state = 'pending') <> (new.state = 'pending') BEGIN
  UPDATE waiting_count SET tasks = tasks + (new.state = 'pending') - (old.state = 'pending');
END;
CREATE TRIGGER tasks_waiting_removed AFTER DELETE ON tasks WHEN old.state = 'pending' BEGIN
  UPDATE waiting_count SET tasks = tasks - 1;
END;
`
