-- Operations of a document that are no first sending of a change: few, and looked for when the
-- document leaves a bucket.
CREATE INDEX op_apart ON op (doc, seq) WHERE what <> 1 OR change IS NOT NULL;
