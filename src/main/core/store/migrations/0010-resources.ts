/** What tasks and the machine took over time. */
export const resources = `
-- One row for each stretch of a task whose processes were looked at.
CREATE TABLE task_resources (
  task_id       TEXT    NOT NULL,
  attempt       INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  points        TEXT    NOT NULL,
  PRIMARY KEY (task_id, attempt, started_at_ms)
) STRICT, WITHOUT ROWID;

-- Means of a minute, percent.
CREATE TABLE machine_use (
  at_ms  INTEGER PRIMARY KEY,
  cpu    REAL,
  memory REAL
) STRICT;
`
