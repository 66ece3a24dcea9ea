-- Digests of documents and buckets, and grants that follow a person's posts.

-- Digest of the document as accepted now (16 bytes); none before its first change.
ALTER TABLE doc ADD COLUMN digest BLOB;

-- Sum of the digests of a bucket's documents modulo 2^128, and how many they are.
ALTER TABLE bucket ADD COLUMN sum BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE bucket ADD COLUMN docs INTEGER NOT NULL DEFAULT 0;
CREATE INDEX membership_by_bucket ON membership (bucket, doc);

-- When a bucket was taken away from a device. Its position is never given again.
ALTER TABLE grant_bucket ADD COLUMN closed INTEGER;
-- Which list of grants is the newest.
ALTER TABLE enrolment ADD COLUMN access INTEGER NOT NULL DEFAULT 1;
