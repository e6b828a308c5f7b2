/** What a task waits for before its first run: other tasks, an instant. */
export const dependenciesAndTimes = `
CREATE TABLE task_dependencies (
  task_id    TEXT NOT NULL,
  depends_on TEXT NOT NULL,
  PRIMARY KEY (task_id, depends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_dependencies_by_dependency ON task_dependencies (depends_on, task_id);

ALTER TABLE tasks ADD COLUMN on_dependency_failure TEXT NOT NULL DEFAULT 'cancel';
ALTER TABLE tasks ADD COLUMN run_at_ms INTEGER;
ALTER TABLE tasks ADD COLUMN misfire TEXT;
`
