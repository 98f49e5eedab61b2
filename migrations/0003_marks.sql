-- What a calendar needs to know of a booking that changes (RFC 5545: SEQUENCE, DTSTAMP).

ALTER TABLE booking ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;
-- When what a calendar shows of it changed last; NULL while that is as it was made.
ALTER TABLE booking ADD COLUMN changed_at TIMESTAMPTZ;
UPDATE booking SET sequence = 1, changed_at = cancelled_at WHERE cancelled_at IS NOT NULL;
