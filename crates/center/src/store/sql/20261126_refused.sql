-- How much of what a phone sent on a day was refused and kept.
CREATE TABLE refused_day (
  enrolment BLOB PRIMARY KEY,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
