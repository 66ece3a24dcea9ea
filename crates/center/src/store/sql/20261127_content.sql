-- Photos lie by what they are, so that two ids may share one.
CREATE INDEX media_content ON media (sha256);

-- Contents that no id has any more. They are deleted after the commit that says so, and stay here
-- until they are.
CREATE TABLE content_over (
  sha256 BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
