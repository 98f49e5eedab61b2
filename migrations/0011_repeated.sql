-- An answer that is repeated names the version of what it tells of, as it did the first time.

ALTER TABLE idempotency ADD COLUMN etag TEXT;
