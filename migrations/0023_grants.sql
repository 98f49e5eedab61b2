-- Grants: a municipality pays a part of others' prices.

CREATE TABLE town_grant (
    id UUID NOT NULL CONSTRAINT town_grant_pk PRIMARY KEY,
    -- Who pays.
    municipality TEXT NOT NULL CONSTRAINT town_grant_municipality REFERENCES municipality (code),
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    -- To whom; NULL: to whoever has one of its vouchers.
    customer_id UUID CONSTRAINT town_grant_customer REFERENCES customer (id),
    percent BIGINT CONSTRAINT town_grant_percent CHECK (percent BETWEEN 1 AND 100),
    -- Amounts are in the municipality's currency.
    amount_minor BIGINT CONSTRAINT town_grant_amount CHECK (amount_minor > 0),
    -- The most of a booking; NULL where there is no such limit.
    limit_minor BIGINT CONSTRAINT town_grant_limit CHECK (limit_minor > 0),
    budget_minor BIGINT NOT NULL,
    -- What is promised and paid, less what has come back: the database itself keeps it within the budget.
    used_minor BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE NOT NULL,
    -- JSON: for which facilities and price groups.
    terms TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    CONSTRAINT town_grant_pays CHECK ((percent IS NULL) <> (amount_minor IS NULL)),
    CONSTRAINT town_grant_budget CHECK (used_minor BETWEEN 0 AND budget_minor)
);
CREATE INDEX town_grant_of_town ON town_grant (municipality, id);
CREATE INDEX town_grant_of_customer ON town_grant (customer_id) WHERE customer_id IS NOT NULL;

-- A code that staff hand out; only its SHA-256 stays.
CREATE TABLE grant_voucher (
    id UUID NOT NULL CONSTRAINT grant_voucher_pk PRIMARY KEY,
    grant_id UUID NOT NULL CONSTRAINT grant_voucher_grant REFERENCES town_grant (id),
    code_hash TEXT NOT NULL CONSTRAINT grant_voucher_code UNIQUE,
    -- How much it is good for in all; NULL: one booking.
    amount_minor BIGINT CONSTRAINT grant_voucher_amount CHECK (amount_minor > 0),
    used_minor BIGINT NOT NULL,
    -- In how many bookings it is.
    uses BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT grant_voucher_used CHECK (used_minor >= 0 AND uses >= 0
        AND (amount_minor IS NULL OR used_minor <= amount_minor) AND (amount_minor IS NOT NULL OR uses <= 1))
);
CREATE INDEX grant_voucher_of_grant ON grant_voucher (grant_id);

-- What a grant pays of a booking: of its price, or of what a move has made it dearer by.
CREATE TABLE grant_use (
    id UUID NOT NULL CONSTRAINT grant_use_pk PRIMARY KEY,
    grant_id UUID NOT NULL CONSTRAINT grant_use_grant REFERENCES town_grant (id),
    voucher_id UUID CONSTRAINT grant_use_voucher REFERENCES grant_voucher (id),
    booking_id UUID NOT NULL CONSTRAINT grant_use_booking REFERENCES booking (id),
    change_id UUID CONSTRAINT grant_use_change REFERENCES booking_change (id),
    -- reserved while the time is held, given once it is booked, released where it never was.
    state TEXT NOT NULL,
    -- Of the price, in the facility's currency, and the tax in it; the same in the neighbour's currency.
    gross_minor BIGINT NOT NULL CONSTRAINT grant_use_positive CHECK (gross_minor > 0),
    vat_minor BIGINT NOT NULL CONSTRAINT grant_use_tax CHECK (vat_minor BETWEEN 0 AND gross_minor),
    other_minor BIGINT,
    other_currency TEXT,
    -- What it costs the municipality, in its own currency.
    minor BIGINT NOT NULL CONSTRAINT grant_use_cost CHECK (minor > 0),
    currency TEXT NOT NULL,
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ
);
CREATE INDEX grant_use_of_booking ON grant_use (booking_id);
CREATE INDEX grant_use_of_grant ON grant_use (grant_id);
CREATE UNIQUE INDEX grant_use_reserved ON grant_use (booking_id) WHERE state = 'reserved';

-- What has come back of it.
CREATE TABLE grant_return (
    id UUID NOT NULL CONSTRAINT grant_return_pk PRIMARY KEY,
    use_id UUID NOT NULL CONSTRAINT grant_return_use REFERENCES grant_use (id),
    gross_minor BIGINT NOT NULL CONSTRAINT grant_return_gross CHECK (gross_minor >= 0),
    vat_minor BIGINT NOT NULL CONSTRAINT grant_return_tax CHECK (vat_minor BETWEEN 0 AND gross_minor),
    minor BIGINT NOT NULL CONSTRAINT grant_return_cost CHECK (minor >= 0),
    -- cancelled, moved or staff.
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX grant_return_of_use ON grant_return (use_id);

-- How often a code was tried on a booking that is none.
CREATE TABLE grant_attempt (
    booking_id UUID NOT NULL CONSTRAINT grant_attempt_pk PRIMARY KEY CONSTRAINT grant_attempt_booking REFERENCES booking (id),
    tries BIGINT NOT NULL
);

-- What grants pay of bookings and hasn't come back, a row for each that any pays of.
CREATE VIEW granted AS
SELECT grant_use.booking_id,
    CAST(SUM(grant_use.gross_minor - COALESCE(back.gross_minor, 0)) AS BIGINT) AS gross_minor,
    CAST(SUM(grant_use.vat_minor - COALESCE(back.vat_minor, 0)) AS BIGINT) AS vat_minor
FROM grant_use
LEFT JOIN (SELECT use_id, SUM(gross_minor) AS gross_minor, SUM(vat_minor) AS vat_minor FROM grant_return GROUP BY use_id)
    AS back ON back.use_id = grant_use.id
WHERE grant_use.state = 'given' GROUP BY grant_use.booking_id;
