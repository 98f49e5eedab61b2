-- What little of a settlement between the towns nobody asks for any more; undone when its money comes after all.
CREATE TABLE settlement_write_off (
    id UUID NOT NULL CONSTRAINT settlement_write_off_pk PRIMARY KEY,
    settlement_id UUID NOT NULL CONSTRAINT settlement_write_off_settlement REFERENCES settlement (id),
    -- In the treaty's currency.
    minor BIGINT NOT NULL CONSTRAINT settlement_write_off_positive CHECK (minor > 0),
    reason_sv TEXT NOT NULL,
    reason_fi TEXT NOT NULL,
    written_off_at TIMESTAMPTZ NOT NULL,
    undone_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX settlement_write_off_once ON settlement_write_off (settlement_id) WHERE undone_at IS NULL;
