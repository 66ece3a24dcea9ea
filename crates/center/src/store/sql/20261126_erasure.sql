-- A document that began anew: the number of its RESET in the feed. Changes with lower numbers are
-- what the log of before became; those after it came since.
ALTER TABLE doc ADD COLUMN reset INTEGER;

-- Ids that were erased, of documents and of entries in them: for ever, so that nothing comes back
-- under one of them.
CREATE TABLE erased (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What each document lost, so that phones know what to look for.
CREATE TABLE erased_in (
  doc INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (doc, id)
) STRICT, WITHOUT ROWID;

-- What stands for a change of an epoch that is over: names, and nothing of what it said.
CREATE TABLE replaced (
  was BLOB NOT NULL,
  now BLOB NOT NULL,
  doc INTEGER NOT NULL,
  PRIMARY KEY (was, now)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaced_by_doc ON replaced (doc);
