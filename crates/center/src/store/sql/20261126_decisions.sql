-- A desk's word on what was given back. `seq` is a number of the feed of its own, shown in no
-- bucket: the author's phone hears of it with the page that passes it. `before` is the verdict it
-- had been given back with, `was` the change as its author had made it.
CREATE TABLE decision (
  enrolment BLOB NOT NULL,
  seq INTEGER NOT NULL,
  intent BLOB NOT NULL,
  verdict BLOB NOT NULL,
  before BLOB NOT NULL,
  was BLOB,
  decided_by BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (enrolment, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_by_intent ON decision (enrolment, intent);
CREATE INDEX decision_by_change ON decision (was);

-- What was given back, in the order it came.
CREATE INDEX verdict_kept ON verdict (at, intent) WHERE kept IS NOT NULL;
