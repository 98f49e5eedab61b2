-- Closures and blocks: parts that staff close for a time or until further notice, and why.

CREATE TABLE closure (
    id UUID NOT NULL CONSTRAINT closure_pk PRIMARY KEY,
    facility_id UUID NOT NULL CONSTRAINT closure_facility REFERENCES facility (id),
    -- closure: everybody sees that it is closed, and why. block: it is taken.
    kind TEXT NOT NULL,
    start_quarter BIGINT NOT NULL,
    -- NULL: until further notice.
    end_quarter BIGINT,
    -- Its cells are written up to here: as far ahead as anybody can book, farther each day.
    reach_quarter BIGINT NOT NULL,
    reason_sv TEXT NOT NULL,
    reason_fi TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- As the audit log names them.
    created_by TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT closure_span CHECK (start_quarter < end_quarter),
    CONSTRAINT closure_reach CHECK (start_quarter <= reach_quarter AND reach_quarter <= end_quarter)
);
CREATE INDEX closure_in_force ON closure (facility_id, start_quarter) WHERE ended_at IS NULL;

CREATE TABLE closure_part (
    closure_id UUID NOT NULL CONSTRAINT closure_part_closure REFERENCES closure (id),
    part_id BIGINT NOT NULL CONSTRAINT closure_part_part REFERENCES part (id),
    CONSTRAINT closure_part_pk PRIMARY KEY (closure_id, part_id)
);
CREATE INDEX closure_part_of ON closure_part (part_id);

-- What a closure in force occupies; it goes when the closure is ended.
ALTER TABLE claim ADD COLUMN closure_id UUID CONSTRAINT claim_closure_fk REFERENCES closure (id);
CREATE UNIQUE INDEX claim_closure ON claim (closure_id);
