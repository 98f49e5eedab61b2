-- Deposits: paid with a booking on top of its price, kept for what the use has cost, or given back.

-- The price list's deposit as it was when the time was held, JSON; NULL where none is asked for.
ALTER TABLE booking ADD COLUMN deposit TEXT;
-- How much of what was asked for is the deposit, in the payment's currency.
ALTER TABLE payment ADD COLUMN deposit_minor BIGINT NOT NULL DEFAULT 0
    CONSTRAINT payment_deposit CHECK (deposit_minor BETWEEN 0 AND minor);
-- Whether the deposit goes back with it, or some of it, and nothing of the price.
ALTER TABLE refund ADD COLUMN of_deposit BOOLEAN NOT NULL DEFAULT FALSE
    CONSTRAINT refund_of_deposit CHECK (NOT of_deposit OR (minor > 0 AND gross_minor = 0));

-- One a booking: it came with the payment that the booking was confirmed by, in that one's currency.
CREATE TABLE deposit (
    booking_id UUID NOT NULL CONSTRAINT deposit_pk PRIMARY KEY
        CONSTRAINT deposit_booking REFERENCES booking (id),
    payment_id UUID NOT NULL CONSTRAINT deposit_payment REFERENCES payment (id) CONSTRAINT deposit_once UNIQUE,
    minor BIGINT NOT NULL CONSTRAINT deposit_positive CHECK (minor > 0),
    -- The database itself keeps what is kept and what has gone back within what came.
    kept_minor BIGINT NOT NULL DEFAULT 0,
    returned_minor BIGINT NOT NULL DEFAULT 0,
    -- So long after the use what is left goes back by itself.
    days BIGINT NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT deposit_within CHECK (kept_minor >= 0 AND returned_minor >= 0 AND kept_minor + returned_minor <= minor)
);
CREATE INDEX deposit_held ON deposit (booking_id) WHERE kept_minor + returned_minor < minor;

-- What it has paid of a charge after the use.
CREATE TABLE deposit_keep (
    use_charge_id UUID NOT NULL CONSTRAINT deposit_keep_pk PRIMARY KEY
        CONSTRAINT deposit_keep_charge REFERENCES use_charge (id),
    booking_id UUID NOT NULL CONSTRAINT deposit_keep_deposit REFERENCES deposit (booking_id),
    -- Of the charge, in the facility's currency, and the tax in it; the same in the neighbour's.
    gross_minor BIGINT NOT NULL CONSTRAINT deposit_keep_gross CHECK (gross_minor > 0),
    vat_minor BIGINT NOT NULL CONSTRAINT deposit_keep_tax CHECK (vat_minor BETWEEN 0 AND gross_minor),
    other_minor BIGINT,
    -- In the currency that the deposit came in.
    minor BIGINT NOT NULL CONSTRAINT deposit_keep_positive CHECK (minor > 0),
    currency TEXT NOT NULL,
    -- The charge has been taken back, and this with it.
    undone_at TIMESTAMPTZ
);
CREATE INDEX deposit_keep_of_booking ON deposit_keep (booking_id);

CREATE UNIQUE INDEX ledger_deposit_once ON ledger_transaction (payment_id) WHERE event = 'deposit';
CREATE UNIQUE INDEX ledger_deposit_returned_once ON ledger_transaction (refund_id) WHERE event = 'deposit_returned';
