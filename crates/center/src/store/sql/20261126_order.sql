-- What was ordered to a phone that was shut out (a signed order, as it is sent).
ALTER TABLE enrolment ADD COLUMN ordered BLOB;
