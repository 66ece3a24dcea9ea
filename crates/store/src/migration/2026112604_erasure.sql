-- Ids that were erased: nothing is written about them any more.
CREATE TABLE erased (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
-- What stands for a change of an epoch that is over: a form that was opened then, or an edit that
-- came back, goes on at what its author had seen.
CREATE TABLE replaced (
    was BLOB NOT NULL, now BLOB NOT NULL, PRIMARY KEY (was, now)
) STRICT, WITHOUT ROWID;
