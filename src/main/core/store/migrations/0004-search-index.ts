/** An index of the texts of tasks, and what is not in it yet. */
export const searchIndex = `
-- Holds which trigrams a task has, and no text: what it finds is compared with the task itself.
-- Texts come folded (see search-text.ts), so that every search compares them in the same way.
CREATE VIRTUAL TABLE task_search USING fts5(
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
-- Merging is work of the indexer, in small steps: by itself it would hold up a commit now and then.
INSERT INTO task_search (task_search, rank) VALUES ('automerge', 0);
INSERT INTO task_search (task_search, rank) VALUES ('crisismerge', 1000);

-- Tasks that the index does not know, or not as they are now.
CREATE TABLE search_backlog (ordinal INTEGER PRIMARY KEY) STRICT;
INSERT INTO search_backlog SELECT ordinal FROM tasks;
CREATE TRIGGER tasks_search_added AFTER INSERT ON tasks BEGIN
  INSERT OR IGNORE INTO search_backlog VALUES (new.ordinal);
END;
CREATE TRIGGER tasks_search_changed AFTER UPDATE OF result ON tasks BEGIN
  INSERT OR IGNORE INTO search_backlog VALUES (new.ordinal);
END;
CREATE TRIGGER tasks_search_removed AFTER DELETE ON tasks BEGIN
  INSERT OR IGNORE INTO search_backlog VALUES (old.ordinal);
END;
`
