/** Lists of tasks in any order. */
export const taskList = `
-- Holds everything that tasks are filtered and sorted by, so that the rows with their long texts are not read.
CREATE INDEX tasks_listed ON tasks (
  state, type, agent_type, workspace, rank, priority, started_at_ms, completed_at_ms, running_ms,
  cost_micro_usd, unpriced_tokens, lower(substr(description, 1, 60))
);
`
