-- The people at the desks: passwords, sessions, and what their lists need.

-- An argon2id hash with the salt and cost it was made with.
CREATE TABLE password (
  person BLOB PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  memory_kib INTEGER NOT NULL,
  passes INTEGER NOT NULL,
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong passwords by the name that was typed, as a hash: people type passwords there too.
CREATE TABLE login_failure (
  name_hash BLOB PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token_hash BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  created INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_view_by_arrival ON case_view (received_at, no);

ALTER TABLE recovery ADD COLUMN reason TEXT NOT NULL DEFAULT '';
