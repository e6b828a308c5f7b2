/** Checks with their evidence, questions to the person, worktrees, plans of leads, checkpoints. */
export const teams = `
ALTER TABLE tasks ADD COLUMN checks TEXT;
ALTER TABLE tasks ADD COLUMN max_corrections INTEGER NOT NULL DEFAULT 3;
ALTER TABLE tasks ADD COLUMN isolation TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE tasks ADD COLUMN plan_approval TEXT;

CREATE TABLE evidence (
  id          INTEGER PRIMARY KEY,
  task_id     TEXT    NOT NULL,
  round       INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('command', 'file', 'review', 'merge')),
  name        TEXT    NOT NULL,
  passed      INTEGER NOT NULL,
  detail      TEXT    NOT NULL,
  exit_code   INTEGER,
  score       REAL,
  output      TEXT    NOT NULL,
  duration_ms INTEGER NOT NULL,
  at_ms       INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_by_task ON evidence (task_id, id);

CREATE TABLE corrections (
  task_id     TEXT    NOT NULL,
  attempt     INTEGER NOT NULL,
  -- Attempt of the task that it belongs to.
  task_attempt INTEGER NOT NULL,
  -- Of how many, when it began: a person may have granted more.
  "limit"     INTEGER NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('in_progress', 'success', 'failed')),
  failure     TEXT    NOT NULL,
  -- The same for failures that differ in numbers, times and places only.
  fingerprint TEXT    NOT NULL,
  started_ms  INTEGER NOT NULL,
  ended_ms    INTEGER,
  PRIMARY KEY (task_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE blockers (
  ordinal         INTEGER PRIMARY KEY,
  id              TEXT    NOT NULL UNIQUE,
  task_id         TEXT    NOT NULL,
  conversation_id TEXT,
  kind            TEXT    NOT NULL CHECK (kind IN ('sync', 'async')),
  source          TEXT    NOT NULL CHECK (source IN ('agent', 'checks')),
  question        TEXT    NOT NULL,
  options         TEXT    NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('open', 'resolved', 'expired', 'cancelled')),
  answer          TEXT,
  -- The call that asked, so that none asks twice.
  call_id         TEXT    UNIQUE,
  created_at_ms   INTEGER NOT NULL,
  resolved_at_ms  INTEGER,
  expires_at_ms   INTEGER
) STRICT;
CREATE INDEX blockers_by_state ON blockers (state, ordinal);
CREATE INDEX blockers_by_task ON blockers (task_id, ordinal);
CREATE INDEX blockers_expiring ON blockers (expires_at_ms)
  WHERE state = 'open' AND expires_at_ms IS NOT NULL;

CREATE TABLE worktrees (
  task_id       TEXT    PRIMARY KEY,
  kind          TEXT    NOT NULL CHECK (kind IN ('worktree', 'copy', 'in_place')),
  state         TEXT    NOT NULL,
  repository    TEXT    NOT NULL,
  -- Where the task works; below the folder of the worktree when its workspace is below the repository's.
  path          TEXT    NOT NULL,
  branch        TEXT,
  -- The commit that it began from, and the newest one on its branch that the program made.
  base          TEXT,
  head          TEXT,
  note          TEXT,
  conflicts     TEXT    NOT NULL DEFAULT '[]',
  -- The task that works on in the same folder.
  continued_by  TEXT,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX worktrees_by_state ON worktrees (state, updated_at_ms);

CREATE TABLE line_comments (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  task_id       TEXT    NOT NULL,
  path          TEXT    NOT NULL,
  line          INTEGER NOT NULL,
  side          TEXT    NOT NULL CHECK (side IN ('old', 'new')),
  text          TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL,
  sent_to       TEXT
) STRICT;
CREATE INDEX line_comments_by_task ON line_comments (task_id, ordinal);

CREATE TABLE plans (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  task_id       TEXT    NOT NULL,
  -- The call that proposed it, so that none is made twice.
  call_id       TEXT    UNIQUE,
  round         INTEGER NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('proposed', 'running', 'settled', 'rejected')),
  goal          TEXT    NOT NULL,
  -- What the person said to it.
  remark        TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_by_task ON plans (task_id, ordinal);

CREATE TABLE plan_parts (
  plan_id     TEXT    NOT NULL,
  position    INTEGER NOT NULL,
  key         TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  description TEXT    NOT NULL,
  agent       TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  depends_on  TEXT    NOT NULL,
  checks      TEXT    NOT NULL,
  task_id     TEXT,
  -- The member of the team that does it, for example backend-developer-2.
  worker      TEXT,
  PRIMARY KEY (plan_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_parts_by_task ON plan_parts (task_id) WHERE task_id IS NOT NULL;

CREATE TABLE checkpoints (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  task_id       TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  content       TEXT    NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX checkpoints_by_task ON checkpoints (task_id, ordinal);

CREATE INDEX task_messages_by_task ON task_messages (task_id, id);
-- Waits that end by a fact which no timer of the queue knows.
CREATE INDEX tasks_outside ON tasks (ordinal)
  WHERE state = 'pending' AND own_wait IN ('answer', 'approval', 'children');
-- Holds what costs are summed up from, so that the rows with their long texts are not read.
CREATE INDEX tasks_by_creation ON tasks
  (created_at_ms, agent_type, turns, tokens_used, cost_micro_usd, unpriced_tokens);
`
