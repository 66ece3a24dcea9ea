-- What this center was before it was restored: generations that are over, each with the number
-- up to which it is in this one.
CREATE TABLE generation (
  number INTEGER PRIMARY KEY,
  through INTEGER NOT NULL
) STRICT;
