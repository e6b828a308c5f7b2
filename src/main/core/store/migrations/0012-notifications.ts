/** What the person was told, and what of each task they know already. */
export const notifications = `
CREATE TABLE notifications (
  ordinal         INTEGER PRIMARY KEY,
  id              TEXT    NOT NULL UNIQUE,
  -- What it is about; a thing is told once.
  subject         TEXT    NOT NULL UNIQUE,
  kind            TEXT    NOT NULL,
  title           TEXT    NOT NULL,
  body            TEXT    NOT NULL,
  place           TEXT    NOT NULL,
  actions         TEXT    NOT NULL,
  task_id         TEXT,
  conversation_id TEXT,
  blocker_id      TEXT,
  plan_id         TEXT,
  -- How many tasks of each end a summary is about.
  counts          TEXT    NOT NULL,
  needs_answer    INTEGER NOT NULL,
  quiet           INTEGER NOT NULL,
  sound           INTEGER NOT NULL,
  created_at_ms   INTEGER NOT NULL,
  read_at_ms      INTEGER,
  settled_at_ms   INTEGER
) STRICT;
CREATE INDEX notifications_unread ON notifications (ordinal) WHERE read_at_ms IS NULL;
CREATE INDEX notifications_waiting ON notifications (ordinal)
  WHERE needs_answer = 1 AND settled_at_ms IS NULL;
CREATE INDEX notifications_by_task ON notifications (task_id, ordinal) WHERE task_id IS NOT NULL;

ALTER TABLE tasks ADD COLUMN notify TEXT;

-- What the person was told of the root of a tree of tasks.
CREATE TABLE notify_tasks (
  task_id       TEXT    PRIMARY KEY,
  -- The progress that was told, and when.
  told_progress REAL    NOT NULL,
  told_at_ms    INTEGER,
  -- The end that was told, so that it is not told again until there is another.
  told_end      TEXT,
  -- Progress that came too early to be told is looked at again.
  due_at_ms     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notify_tasks_due ON notify_tasks (due_at_ms) WHERE due_at_ms IS NOT NULL;

-- Ends that are to be told together with those of the next moment.
CREATE TABLE notify_ends (
  ordinal INTEGER PRIMARY KEY,
  task_id TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER tasks_notify_removed AFTER DELETE ON tasks WHEN old.parent_id IS NULL BEGIN
  DELETE FROM notify_tasks WHERE task_id = old.id;
  DELETE FROM notify_ends WHERE task_id = old.id;
END;
`
