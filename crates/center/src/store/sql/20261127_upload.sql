-- A photo that is coming in pieces; what has come lies in a file called by `no`, which is never
-- used twice, and whose length says how much that is. One that is done stays a while, so that its
-- phone hears so.
CREATE TABLE upload (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment BLOB NOT NULL,
  media BLOB NOT NULL,
  sha256 BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  UNIQUE (enrolment, media)
) STRICT;

CREATE INDEX upload_media ON upload (media);
CREATE INDEX upload_expires ON upload (expires);
