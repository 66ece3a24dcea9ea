-- Numbered, so that a phone can be told what it has not heard of yet: also one that doesn't get the
-- document any more.
ALTER TABLE erased RENAME TO erased_unnumbered;
CREATE TABLE erased (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  at INTEGER NOT NULL
) STRICT;
INSERT INTO erased (id, at) SELECT id, at FROM erased_unnumbered ORDER BY at, id;
DROP TABLE erased_unnumbered;
