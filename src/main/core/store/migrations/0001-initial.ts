/** Tasks, their events, attempts, output and processes; conversations; agent steps; settings. */
export const initial = `
CREATE TABLE events (
  seq             INTEGER PRIMARY KEY,
  at_ms           INTEGER NOT NULL,
  name            TEXT    NOT NULL,
  task_id         TEXT,
  conversation_id TEXT,
  payload         TEXT    NOT NULL
) STRICT;
CREATE INDEX events_by_task ON events (task_id, name, seq) WHERE task_id IS NOT NULL;

CREATE TABLE tasks (
  ordinal              INTEGER PRIMARY KEY,
  id                   TEXT    NOT NULL UNIQUE,
  type                 TEXT    NOT NULL,
  lane                 TEXT    NOT NULL CHECK (lane IN ('agent', 'build', 'e2e_test', 'command')),
  description          TEXT    NOT NULL,
  agent_type           TEXT    NOT NULL,
  command              TEXT,
  input                TEXT,
  workspace            TEXT    NOT NULL,
  conversation_id      TEXT,
  priority             INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 10),
  max_attempts         INTEGER NOT NULL,
  timeout_ms           INTEGER,
  estimated_duration_s REAL,
  idempotency_key      TEXT    UNIQUE,
  content_hash         TEXT,
  state                TEXT    NOT NULL
    CHECK (state IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
  rank                 INTEGER NOT NULL,
  own_wait             TEXT,
  wait_detail          TEXT,
  wait_since_ms        INTEGER NOT NULL,
  not_before_ms        INTEGER,
  attempt              INTEGER NOT NULL DEFAULT 0,
  attempt_open         INTEGER NOT NULL DEFAULT 0,
  interruptions        INTEGER NOT NULL DEFAULT 0,
  progress             REAL    NOT NULL DEFAULT 0,
  current_step         TEXT,
  plan                 TEXT    NOT NULL DEFAULT '[]',
  created_at_ms        INTEGER NOT NULL,
  started_at_ms        INTEGER,
  completed_at_ms      INTEGER,
  running_ms           INTEGER NOT NULL DEFAULT 0,
  tokens_used          INTEGER NOT NULL DEFAULT 0,
  owner_pid            INTEGER,
  owner_start          TEXT,
  result               TEXT,
  error_code           TEXT,
  error_message        TEXT
) STRICT;
CREATE INDEX tasks_startable ON tasks (lane, rank, ordinal)
  WHERE state = 'pending' AND own_wait IS NULL;
CREATE INDEX tasks_timed ON tasks (not_before_ms)
  WHERE state = 'pending' AND not_before_ms IS NOT NULL;
CREATE INDEX tasks_by_state ON tasks (state, ordinal);
CREATE INDEX tasks_by_type ON tasks (type, ordinal);
CREATE INDEX tasks_finished_by_type ON tasks (type, completed_at_ms) WHERE state = 'completed';

CREATE TABLE attempts (
  task_id       TEXT    NOT NULL,
  attempt       INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms   INTEGER,
  outcome       TEXT,
  error_code    TEXT,
  error_message TEXT,
  log_offset    INTEGER NOT NULL,
  PRIMARY KEY (task_id, attempt, started_at_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_output (
  task_id TEXT    NOT NULL,
  "offset" INTEGER NOT NULL,
  text    TEXT    NOT NULL,
  PRIMARY KEY (task_id, "offset")
) STRICT;

CREATE TABLE processes (
  id            INTEGER PRIMARY KEY,
  task_id       TEXT    NOT NULL,
  marker        TEXT    NOT NULL,
  pid           INTEGER NOT NULL,
  start_time    TEXT,
  started_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  title         TEXT    NOT NULL,
  titled_by     TEXT    NOT NULL CHECK (titled_by IN ('person', 'program')),
  workspace     TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_by_update ON conversations (updated_at_ms, ordinal);

CREATE TABLE messages (
  ordinal         INTEGER PRIMARY KEY,
  id              TEXT    NOT NULL UNIQUE,
  conversation_id TEXT    NOT NULL,
  role            TEXT    NOT NULL CHECK (role IN ('user', 'assistant', 'task')),
  state           TEXT    NOT NULL
    CHECK (state IN ('queued', 'streaming', 'complete', 'stopped', 'failed')),
  text            TEXT    NOT NULL,
  activities      TEXT,
  task_id         TEXT,
  task_state      TEXT,
  error           TEXT,
  created_at_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, ordinal);
CREATE INDEX messages_open ON messages (conversation_id, ordinal)
  WHERE state IN ('queued', 'streaming');

CREATE TABLE agent_steps (
  run_id  TEXT    NOT NULL,
  step    INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  payload TEXT    NOT NULL,
  at_ms   INTEGER NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_messages (
  id      INTEGER PRIMARY KEY,
  task_id TEXT    NOT NULL,
  text    TEXT    NOT NULL,
  at_ms   INTEGER NOT NULL,
  read_ms INTEGER
) STRICT;
CREATE INDEX task_messages_unread ON task_messages (task_id, id) WHERE read_ms IS NULL;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  id         INTEGER PRIMARY KEY,
  table_name TEXT    NOT NULL,
  row_key    TEXT    NOT NULL,
  row        TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  at_ms      INTEGER NOT NULL,
  UNIQUE (table_name, row_key)
) STRICT;
`
