/** What waits for the person, beside questions, plans, worktrees and mail, which have tables of their own. */
export const inbox = `
-- Failed tasks that nobody has looked at; not those below a lead, which sees to them itself. Kept by triggers, so
-- that no way to fail, to be tried again or to be removed can be forgotten.
CREATE TABLE inbox_failures (
  task_id TEXT    PRIMARY KEY,
  at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_failures_by_time ON inbox_failures (at_ms, task_id);
CREATE TRIGGER tasks_failure_added AFTER UPDATE OF state ON tasks
  WHEN new.state = 'failed' AND old.state <> 'failed' AND new.parent_id IS NULL BEGIN
  INSERT OR REPLACE INTO inbox_failures VALUES (new.id, coalesce(new.completed_at_ms, new.created_at_ms));
END;
CREATE TRIGGER tasks_failure_over AFTER UPDATE OF state ON tasks
  WHEN old.state = 'failed' AND new.state <> 'failed' BEGIN
  DELETE FROM inbox_failures WHERE task_id = old.id;
END;
CREATE TRIGGER tasks_failure_removed AFTER DELETE ON tasks WHEN old.state = 'failed' BEGIN
  DELETE FROM inbox_failures WHERE task_id = old.id;
END;

-- What the person has seen of that which goes on: hidden until it changes again.
CREATE TABLE inbox_seen (
  item_id TEXT    PRIMARY KEY,
  at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX plans_proposed ON plans (ordinal) WHERE state = 'proposed';
CREATE INDEX mails_to_person ON mails (ordinal) WHERE to_id = 'user' AND state = 'unread';
CREATE INDEX tasks_stalled ON tasks (stalled_since_ms) WHERE stalled_since_ms IS NOT NULL;
`
