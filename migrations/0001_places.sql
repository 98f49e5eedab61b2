-- Places and what they cost. Rows come from the seed files; people's bookings come in 0002.

CREATE TABLE municipality (
    code TEXT NOT NULL CONSTRAINT municipality_pk PRIMARY KEY,
    -- West to east: which bank of the day grid is whose.
    position BIGINT NOT NULL,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    -- JSON: what a receipt and a contact line need.
    details TEXT NOT NULL
);

CREATE TABLE facility_kind (
    lipas_code BIGINT NOT NULL CONSTRAINT facility_kind_pk PRIMARY KEY,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL
);

CREATE TABLE facility (
    id UUID NOT NULL CONSTRAINT facility_pk PRIMARY KEY,
    slug TEXT NOT NULL CONSTRAINT facility_slug UNIQUE,
    municipality TEXT NOT NULL CONSTRAINT facility_municipality REFERENCES municipality (code),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    lipas_code BIGINT CONSTRAINT facility_lipas REFERENCES facility_kind (lipas_code),
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    text_sv TEXT NOT NULL,
    text_fi TEXT NOT NULL,
    cancel_free_hours BIGINT NOT NULL,
    cancel_late_percent BIGINT NOT NULL CONSTRAINT facility_late_percent CHECK (cancel_late_percent BETWEEN 0 AND 100),
    -- JSON: address, position, rules, equipment, sources, what is assumed.
    details TEXT NOT NULL
);

CREATE TABLE part (
    id BIGINT NOT NULL CONSTRAINT part_pk PRIMARY KEY,
    facility_id UUID NOT NULL CONSTRAINT part_facility REFERENCES facility (id),
    slug TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    x BIGINT NOT NULL,
    y BIGINT NOT NULL,
    w BIGINT NOT NULL,
    h BIGINT NOT NULL,
    CONSTRAINT part_slug UNIQUE (facility_id, slug)
);

CREATE TABLE space (
    id UUID NOT NULL CONSTRAINT space_pk PRIMARY KEY,
    facility_id UUID NOT NULL CONSTRAINT space_facility REFERENCES facility (id),
    slug TEXT NOT NULL,
    position BIGINT NOT NULL,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    capacity BIGINT,
    minutes_min BIGINT NOT NULL,
    minutes_max BIGINT NOT NULL,
    step_minutes BIGINT NOT NULL CONSTRAINT space_step CHECK (step_minutes IN (15, 30, 60)),
    horizon_days BIGINT NOT NULL,
    CONSTRAINT space_slug UNIQUE (facility_id, slug)
);

CREATE TABLE space_part (
    space_id UUID NOT NULL CONSTRAINT space_part_space REFERENCES space (id),
    part_id BIGINT NOT NULL CONSTRAINT space_part_part REFERENCES part (id),
    CONSTRAINT space_part_pk PRIMARY KEY (space_id, part_id)
);

CREATE TABLE opening (
    facility_id UUID NOT NULL CONSTRAINT opening_facility REFERENCES facility (id),
    weekday BIGINT NOT NULL CONSTRAINT opening_weekday CHECK (weekday BETWEEN 1 AND 7),
    -- Minutes after local midnight; closes over 1440 where it is open past midnight.
    opens_minute BIGINT NOT NULL,
    closes_minute BIGINT NOT NULL,
    CONSTRAINT opening_pk PRIMARY KEY (facility_id, weekday, opens_minute)
);

CREATE TABLE price (
    space_id UUID NOT NULL CONSTRAINT price_space REFERENCES space (id),
    price_group TEXT NOT NULL,
    days TEXT NOT NULL,
    from_minute BIGINT NOT NULL,
    to_minute BIGINT NOT NULL,
    hour_minor BIGINT NOT NULL CONSTRAINT price_not_negative CHECK (hour_minor >= 0),
    CONSTRAINT price_pk PRIMARY KEY (space_id, price_group, days, from_minute)
);

CREATE TABLE vat_rule (
    country TEXT NOT NULL,
    use_of TEXT NOT NULL,
    valid_from DATE NOT NULL,
    -- 'exempt' or a percentage as decimal text.
    rate TEXT NOT NULL,
    CONSTRAINT vat_rule_pk PRIMARY KEY (country, use_of, valid_from)
);

-- The rules between the towns, in force from a date on.
CREATE TABLE treaty (
    valid_from DATE NOT NULL CONSTRAINT treaty_pk PRIMARY KEY,
    -- A fixing older than this stops prices in the other currency; NULL where it never does.
    rate_days_max BIGINT,
    reference_prefix TEXT NOT NULL,
    -- A demonstration says on each page that it is one.
    demo BOOLEAN NOT NULL
);

-- Central bank figures: how many units of the currency one euro costs. A correction is a new row.
CREATE TABLE fixing (
    currency TEXT NOT NULL,
    fixing_date DATE NOT NULL,
    per_euro TEXT NOT NULL,
    source TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT fixing_pk PRIMARY KEY (currency, fixing_date, per_euro)
);

-- One row: counts the changes of the tables above, so that a running server notices them.
CREATE TABLE catalogue_version (
    version BIGINT NOT NULL CONSTRAINT catalogue_version_pk PRIMARY KEY
);
INSERT INTO catalogue_version (version) VALUES (0);
