-- What a call with a key has done is marked in the transaction that does it.

ALTER TABLE idempotency ADD COLUMN attempt UUID;
ALTER TABLE idempotency ADD COLUMN had_effect BOOLEAN NOT NULL DEFAULT FALSE;

-- Done messages are forgotten by when they were done.
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- What has come back is looked up for a booking's uses alone, not summed up for all.
DROP VIEW granted;
CREATE VIEW granted AS
SELECT grant_use.booking_id,
    CAST(SUM(grant_use.gross_minor - COALESCE((SELECT SUM(back.gross_minor) FROM grant_return AS back
                                               WHERE back.use_id = grant_use.id), 0)) AS BIGINT) AS gross_minor,
    CAST(SUM(grant_use.vat_minor - COALESCE((SELECT SUM(back.vat_minor) FROM grant_return AS back
                                             WHERE back.use_id = grant_use.id), 0)) AS BIGINT) AS vat_minor
FROM grant_use
WHERE grant_use.state = 'given' GROUP BY grant_use.booking_id;
