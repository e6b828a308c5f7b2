/**
 * Figures by slots of a quarter of an hour instead of days of UTC: every time zone begins its days with one. What
 * was counted by day is counted anew from the tasks, which are all still there.
 */
export const figuresBySlot = `
DROP TABLE figures_by_type;
CREATE TABLE figures_by_type (
  -- Quarters of an hour since 1970-01-01, UTC.
  slot            INTEGER NOT NULL,
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
  PRIMARY KEY (slot, type)
) STRICT, WITHOUT ROWID;
INSERT INTO figures_by_type
  SELECT completed_at_ms / 900000, type, sum(state = 'completed'), sum(state = 'failed'),
    sum(state = 'cancelled'), sum(running_ms), sum(started_at_ms IS NOT NULL),
    sum(CASE WHEN started_at_ms IS NULL THEN 0
      ELSE max(0, started_at_ms - max(created_at_ms, coalesce(run_at_ms, 0))) END),
    sum(tokens_used), sum(cost_micro_usd), sum(unpriced_tokens), max(peak_memory_bytes), max(peak_cpu_percent)
  FROM tasks WHERE completed_at_ms IS NOT NULL AND state IN ('completed', 'failed', 'cancelled') GROUP BY 1, 2;

DROP TABLE figures_by_cause;
CREATE TABLE figures_by_cause (
  slot  INTEGER NOT NULL,
  cause TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (slot, cause)
) STRICT, WITHOUT ROWID;
INSERT INTO figures_by_cause
  SELECT completed_at_ms / 900000, error_code, count(*) FROM tasks
  WHERE completed_at_ms IS NOT NULL AND state IN ('failed', 'cancelled') AND error_code IS NOT NULL GROUP BY 1, 2;

ALTER TABLE figures_of_machine RENAME TO figures_of_machine_by_day;
CREATE TABLE figures_of_machine (
  slot         INTEGER PRIMARY KEY,
  -- Time in which at least one task ran, and the same for each task that did.
  busy_ms      INTEGER NOT NULL DEFAULT 0,
  task_ms      INTEGER NOT NULL DEFAULT 0,
  most_running INTEGER NOT NULL DEFAULT 0,
  peak_cpu     REAL,
  peak_memory  REAL
) STRICT;
-- Of a day of UTC nobody knows more than its sum: it stands at noon.
INSERT INTO figures_of_machine
  SELECT day * 96 + 48, busy_ms, max(busy_ms, coalesce((SELECT sum(running_ms) FROM figures_by_type
      WHERE slot >= day * 96 AND slot < (day + 1) * 96), 0)), 1, peak_cpu, peak_memory
  FROM figures_of_machine_by_day;
DROP TABLE figures_of_machine_by_day;

-- What turns of models have used up, when they did; of the chat the agent is ''.
CREATE TABLE figures_of_spending (
  slot            INTEGER NOT NULL,
  agent           TEXT    NOT NULL,
  model           TEXT    NOT NULL,
  turns           INTEGER NOT NULL,
  tokens          INTEGER NOT NULL,
  cost_micro_usd  INTEGER NOT NULL,
  unpriced_tokens INTEGER NOT NULL,
  PRIMARY KEY (slot, agent, model)
) STRICT, WITHOUT ROWID;
-- When exactly a task has spent what it did was not kept: it stands where the task began to exist.
INSERT INTO figures_of_spending
  SELECT created_at_ms / 900000, agent_type, '', sum(turns), sum(tokens_used), sum(cost_micro_usd),
    sum(unpriced_tokens)
  FROM tasks WHERE turns > 0 GROUP BY 1, 2;

-- How long tasks waited, by reason, where the wait ended.
CREATE TABLE figures_of_waits (
  slot    INTEGER NOT NULL,
  reason  TEXT    NOT NULL,
  waits   INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  PRIMARY KEY (slot, reason)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tasks_wait_over AFTER UPDATE OF state, own_wait ON tasks
  WHEN old.state = 'pending' AND old.own_wait IS NOT NULL
    AND (new.state <> 'pending' OR new.own_wait IS NOT old.own_wait) BEGIN
  INSERT INTO figures_of_waits (slot, reason, waits, wait_ms)
  SELECT at / 900000, old.own_wait, 1, max(0, at - old.wait_since_ms) FROM (SELECT CASE new.state
      WHEN 'pending' THEN new.wait_since_ms
      WHEN 'running' THEN new.stretch_started_at_ms
      ELSE coalesce(new.completed_at_ms, old.wait_since_ms) END AS at)
  WHERE true
  ON CONFLICT DO UPDATE SET waits = waits + 1, wait_ms = wait_ms + excluded.wait_ms;
END;

-- Second and further attempts, and tries to mend what a check had found.
CREATE TABLE figures_of_tries (
  slot  INTEGER NOT NULL,
  what  TEXT    NOT NULL CHECK (what IN ('retry', 'correction', 'mended')),
  count INTEGER NOT NULL,
  PRIMARY KEY (slot, what)
) STRICT, WITHOUT ROWID;
INSERT INTO figures_of_tries
  SELECT started_ms / 900000, 'correction', count(*) FROM corrections GROUP BY 1;
INSERT INTO figures_of_tries
  SELECT ended_ms / 900000, 'mended', count(*) FROM corrections
  WHERE state = 'success' AND ended_ms IS NOT NULL GROUP BY 1;
CREATE TRIGGER tasks_tried_again AFTER UPDATE OF attempt ON tasks
  WHEN new.attempt > old.attempt AND new.attempt > 1 AND new.stretch_started_at_ms IS NOT NULL BEGIN
  INSERT INTO figures_of_tries VALUES (new.stretch_started_at_ms / 900000, 'retry', 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER corrections_begun AFTER INSERT ON corrections BEGIN
  INSERT INTO figures_of_tries VALUES (new.started_ms / 900000, 'correction', 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER corrections_ended AFTER UPDATE OF state ON corrections
  WHEN new.state = 'success' AND old.state <> 'success' BEGIN
  INSERT INTO figures_of_tries VALUES (coalesce(new.ended_ms, new.started_ms) / 900000, 'mended', 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
`
