-- Bytes of what each phone sent on a day and was accepted.
CREATE TABLE accepted_day (
  enrolment BLOB PRIMARY KEY,
  day INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
