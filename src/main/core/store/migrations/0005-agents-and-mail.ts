/** Durable agents with their queues, clocks and mail. */
export const agentsAndMail = `
CREATE TABLE agents (
  -- Never given twice: what a deleted agent has done must not become the past of another.
  ordinal        INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id     TEXT    NOT NULL,
  agent_id       TEXT    NOT NULL,
  state          TEXT    NOT NULL
    CHECK (state IN ('idle', 'active', 'paused', 'sleeping', 'stopped')),
  started        INTEGER NOT NULL,
  pausing        INTEGER NOT NULL DEFAULT 0,
  -- What wakes it: in force, and from the end of the task in hand on.
  sleep          TEXT,
  next_sleep     TEXT,
  sleep_until_ms INTEGER,
  task_id        TEXT,
  config         TEXT    NOT NULL,
  subscriptions  TEXT    NOT NULL,
  reason         TEXT,
  -- Of the tasks that have ended.
  completed       INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  cancelled       INTEGER NOT NULL DEFAULT 0,
  tokens          INTEGER NOT NULL DEFAULT 0,
  turns           INTEGER NOT NULL DEFAULT 0,
  cost_micro_usd  INTEGER NOT NULL DEFAULT 0,
  unpriced_tokens INTEGER NOT NULL DEFAULT 0,
  state_since_ms INTEGER NOT NULL,
  created_at_ms  INTEGER NOT NULL,
  UNIQUE (session_id, agent_id)
) STRICT;
CREATE INDEX agents_asleep ON agents (sleep_until_ms)
  WHERE state = 'sleeping' AND sleep_until_ms IS NOT NULL;

-- What an agent is to do, does and did; the task itself is in tasks.
CREATE TABLE agent_work (
  ordinal INTEGER PRIMARY KEY,
  task_id TEXT    NOT NULL UNIQUE,
  agent   INTEGER NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('task', 'mail', 'event')),
  mail_id TEXT,
  -- Mails that led to it, one after another.
  hops    INTEGER NOT NULL DEFAULT 0,
  state   TEXT    NOT NULL CHECK (state IN ('queued', 'current', 'ended')),
  begun   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX agent_work_queued ON agent_work (agent, ordinal) WHERE state = 'queued';
CREATE INDEX agent_work_by_agent ON agent_work (agent, ordinal);

CREATE TABLE agent_clocks (
  id       INTEGER PRIMARY KEY,
  agent    INTEGER NOT NULL,
  cron     TEXT    NOT NULL,
  timezone TEXT    NOT NULL,
  event    TEXT    NOT NULL,
  next_ms  INTEGER
) STRICT;
CREATE INDEX agent_clocks_due ON agent_clocks (next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX agent_clocks_by_agent ON agent_clocks (agent);

CREATE TABLE mails (
  ordinal       INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  session_id    TEXT    NOT NULL,
  thread_id     TEXT    NOT NULL,
  reply_to      TEXT,
  from_id       TEXT    NOT NULL,
  to_id         TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  body          TEXT    NOT NULL,
  -- 0 low to 3 urgent.
  priority      INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
  state         TEXT    NOT NULL
    CHECK (state IN ('unread', 'handling', 'read', 'handled', 'replied', 'failed', 'expired')),
  hops          INTEGER NOT NULL,
  -- It tells of a failure: one in handling it is not told in turn.
  is_failure    INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER,
  read_at_ms    INTEGER,
  handled_at_ms INTEGER,
  task_id       TEXT,
  error         TEXT,
  -- The call that sent it, so that none is sent twice.
  call_id       TEXT    UNIQUE,
  -- The call that read it.
  read_call     TEXT,
  -- The task that waits for the answer, until when, and the answer.
  waiting_task  TEXT,
  wait_until_ms INTEGER,
  answer_id     TEXT
) STRICT;
CREATE INDEX mails_unread ON mails (session_id, to_id, priority DESC, ordinal) WHERE state = 'unread';
CREATE INDEX mails_to ON mails (session_id, to_id, priority DESC, ordinal);
CREATE INDEX mails_by_thread ON mails (thread_id, ordinal);
CREATE INDEX mails_by_session ON mails (session_id, ordinal);
CREATE INDEX mails_awaited ON mails (waiting_task) WHERE waiting_task IS NOT NULL AND answer_id IS NULL;
CREATE INDEX mails_in_hand ON mails (task_id) WHERE state IN ('handling', 'read');
CREATE INDEX mails_from ON mails (session_id, from_id, to_id) WHERE state = 'unread';
CREATE INDEX mails_expiring ON mails (expires_at_ms) WHERE state = 'unread' AND expires_at_ms IS NOT NULL;
`
