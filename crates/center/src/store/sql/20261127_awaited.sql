-- When the center received the record that names a photo: from then on the photo is waited for.
-- Records of before have no other time than that of their first change.
ALTER TABLE media_fact ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
UPDATE media_fact SET received_at = coalesce(
  (SELECT min(c.received_at) FROM change c WHERE c.doc = media_fact.doc), 0);

CREATE INDEX media_fact_by_doc ON media_fact (doc);
CREATE INDEX media_fact_by_time ON media_fact (received_at, id, doc);
CREATE INDEX media_unnamed ON media (enrolment, received_at) WHERE verified = 0;
