-- Times that come again every so many weeks, and the breaks of schools that they may leave out.

CREATE TABLE series (
    id UUID NOT NULL CONSTRAINT series_pk PRIMARY KEY,
    space_id UUID NOT NULL CONSTRAINT series_space REFERENCES space (id),
    -- As it was asked for, JSON.
    plan TEXT NOT NULL,
    price_group TEXT NOT NULL,
    use_of TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- Drawn by the page that asked: asked twice is held once.
    attempt UUID CONSTRAINT series_attempt UNIQUE
);
CREATE INDEX series_of_space ON series (space_id, created_at);

-- Its dates, each a booking like any other.
ALTER TABLE booking ADD COLUMN series_id UUID CONSTRAINT booking_series REFERENCES series (id);
CREATE INDEX booking_of_series ON booking (series_id, start_quarter) WHERE series_id IS NOT NULL;

-- Payments that are asked for and made together: one of each booking of a series.
ALTER TABLE payment ADD COLUMN batch_id UUID;
CREATE INDEX payment_of_batch ON payment (batch_id) WHERE batch_id IS NOT NULL;

-- When the schools of a town have a break: the first day and the last.
CREATE TABLE school_break (
    municipality TEXT NOT NULL CONSTRAINT school_break_municipality REFERENCES municipality (code),
    first_date DATE NOT NULL,
    last_date DATE NOT NULL,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    CONSTRAINT school_break_pk PRIMARY KEY (municipality, first_date),
    CONSTRAINT school_break_order CHECK (first_date <= last_date)
);
