/** Search in messages and logs, filters of the history, saved searches, and what was removed because of its age. */
export const history = `
CREATE VIRTUAL TABLE message_search USING fts5(
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO message_search (message_search, rank) VALUES ('automerge', 0);
INSERT INTO message_search (message_search, rank) VALUES ('crisismerge', 1000);

-- Messages that the index does not know, or not as they are now; cards have no text of their own.
CREATE TABLE message_backlog (ordinal INTEGER PRIMARY KEY) STRICT;
INSERT INTO message_backlog SELECT ordinal FROM messages WHERE role <> 'task';
CREATE TRIGGER messages_search_added AFTER INSERT ON messages WHEN new.role <> 'task' BEGIN
  INSERT OR IGNORE INTO message_backlog VALUES (new.ordinal);
END;
CREATE TRIGGER messages_search_changed AFTER UPDATE OF text ON messages
  WHEN new.role <> 'task' AND new.text IS NOT old.text BEGIN
  INSERT OR IGNORE INTO message_backlog VALUES (new.ordinal);
END;
CREATE TRIGGER messages_search_moved AFTER UPDATE OF ordinal ON messages
  WHEN new.role <> 'task' AND new.ordinal <> old.ordinal BEGIN
  INSERT OR IGNORE INTO message_backlog VALUES (new.ordinal);
  INSERT OR IGNORE INTO message_backlog VALUES (old.ordinal);
END;
CREATE TRIGGER messages_search_removed AFTER DELETE ON messages WHEN old.role <> 'task' BEGIN
  INSERT OR IGNORE INTO message_backlog VALUES (old.ordinal);
END;
CREATE INDEX messages_by_creation ON messages (created_at_ms);

-- The index holds more of each task than before: its log, more of its output, pairs of ideographs.
INSERT OR IGNORE INTO search_backlog SELECT ordinal FROM tasks;
CREATE INDEX tasks_by_agent ON tasks (agent_type, ordinal);
CREATE INDEX tasks_by_workspace ON tasks (workspace, ordinal);
CREATE INDEX tasks_by_conversation ON tasks (conversation_id, ordinal) WHERE conversation_id IS NOT NULL;

ALTER TABLE tasks ADD COLUMN rerun_of TEXT;
-- When its log was removed because of its age.
ALTER TABLE tasks ADD COLUMN output_removed_ms INTEGER;
CREATE INDEX tasks_by_end ON tasks (completed_at_ms) WHERE completed_at_ms IS NOT NULL;

CREATE TABLE saved_searches (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  name          TEXT    NOT NULL UNIQUE,
  filter        TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- What is left of tasks that were removed because of their age, so that nobody is told that there never was one.
CREATE TABLE removed_tasks (
  task_id         TEXT    PRIMARY KEY,
  state           TEXT    NOT NULL,
  completed_at_ms INTEGER NOT NULL,
  removed_at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
