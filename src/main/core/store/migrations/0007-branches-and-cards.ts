/** Conversations that go on from others, what messages point at, cards that live as long as their task. */
export const branchesAndCards = `
ALTER TABLE conversations ADD COLUMN branched_from TEXT;
-- The message that was the last one, or in whose place something else is said.
ALTER TABLE conversations ADD COLUMN branched_at TEXT;

ALTER TABLE messages ADD COLUMN mentions TEXT;
-- Of a card: the newest message when its task ended, behind which the assistant hears of it. NULL of cards
-- that were put in by an end.
ALTER TABLE messages ADD COLUMN ended_after INTEGER;
CREATE INDEX conversations_by_origin ON conversations (branched_from)
  WHERE branched_from IS NOT NULL;
CREATE INDEX messages_by_task ON messages (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX messages_by_end ON messages (conversation_id, ended_after)
  WHERE ended_after IS NOT NULL;
`
