-- Bookings, the cells they occupy, and the money they move.

CREATE TABLE booking (
    id UUID NOT NULL CONSTRAINT booking_pk PRIMARY KEY,
    reference TEXT NOT NULL CONSTRAINT booking_reference UNIQUE,
    space_id UUID NOT NULL CONSTRAINT booking_space REFERENCES space (id),
    start_quarter BIGINT NOT NULL,
    end_quarter BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    hold_expires_at TIMESTAMPTZ NOT NULL,
    hold_extended BOOLEAN NOT NULL,
    demo BOOLEAN NOT NULL,
    -- Drawn by the page that asked: asked twice is held once.
    attempt UUID CONSTRAINT booking_attempt UNIQUE,
    price_group TEXT NOT NULL,
    use_of TEXT NOT NULL,
    -- The quote, locked: the total in the facility's currency and in the neighbour's.
    total_minor BIGINT NOT NULL,
    total_currency TEXT NOT NULL,
    other_minor BIGINT,
    other_currency TEXT,
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    -- The facility's rule as it was when the booking was made.
    cancel_free_hours BIGINT NOT NULL,
    cancel_late_percent BIGINT NOT NULL,
    -- Who and what: empty until the booker has said.
    booker_name TEXT,
    booker_email TEXT,
    booker_phone TEXT,
    booker_language TEXT,
    purpose TEXT,
    people BIGINT,
    -- Given when it is paid; without gaps within the seller's municipality.
    receipt_number BIGINT,
    confirmed_at TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ,
    CONSTRAINT booking_span CHECK (start_quarter < end_quarter)
);
CREATE INDEX booking_space_start ON booking (space_id, start_quarter);
CREATE INDEX booking_held ON booking (hold_expires_at) WHERE state = 'held';

CREATE TABLE booking_line (
    booking_id UUID NOT NULL CONSTRAINT booking_line_booking REFERENCES booking (id),
    line BIGINT NOT NULL,
    start_quarter BIGINT NOT NULL,
    end_quarter BIGINT NOT NULL,
    hour_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    vat_rate TEXT NOT NULL,
    vat_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    CONSTRAINT booking_line_pk PRIMARY KEY (booking_id, line),
    CONSTRAINT booking_line_sum CHECK (net_minor + vat_minor = gross_minor)
);

-- What occupies cells: a booking's hold, the booking itself, a closure.
CREATE TABLE claim (
    id UUID NOT NULL CONSTRAINT claim_pk PRIMARY KEY,
    booking_id UUID CONSTRAINT claim_booking UNIQUE CONSTRAINT claim_booking_fk REFERENCES booking (id),
    -- Set while it is a hold: from then on it blocks nobody.
    expires_at TIMESTAMPTZ
);
CREATE INDEX claim_expires ON claim (expires_at) WHERE expires_at IS NOT NULL;

-- The promise: a part is occupied once in a quarter. No code of ours can break it.
CREATE TABLE cell (
    part_id BIGINT NOT NULL CONSTRAINT cell_part REFERENCES part (id),
    quarter BIGINT NOT NULL,
    claim_id UUID NOT NULL CONSTRAINT cell_claim REFERENCES claim (id) ON DELETE CASCADE,
    CONSTRAINT cell_pk PRIMARY KEY (part_id, quarter)
);
CREATE INDEX cell_claim_id ON cell (claim_id);

CREATE TABLE payment (
    id UUID NOT NULL CONSTRAINT payment_pk PRIMARY KEY,
    booking_id UUID NOT NULL CONSTRAINT payment_booking REFERENCES booking (id),
    provider TEXT NOT NULL,
    -- pending, paid or failed.
    state TEXT NOT NULL,
    -- Paid, but for nothing: a second time, or for a time that is gone. It goes back.
    surplus BOOLEAN NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT payment_positive CHECK (minor > 0),
    currency TEXT NOT NULL,
    -- The municipality whose provider takes the money in.
    collector TEXT NOT NULL CONSTRAINT payment_collector REFERENCES municipality (code),
    return_url TEXT NOT NULL,
    -- The provider's own name of the charge: the same one twice has one effect.
    charge TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    CONSTRAINT payment_charge UNIQUE (provider, charge)
);
CREATE INDEX payment_of_booking ON payment (booking_id);

CREATE TABLE refund (
    id UUID NOT NULL CONSTRAINT refund_pk PRIMARY KEY,
    payment_id UUID NOT NULL CONSTRAINT refund_once UNIQUE CONSTRAINT refund_payment REFERENCES payment (id),
    minor BIGINT NOT NULL CONSTRAINT refund_positive CHECK (minor > 0),
    -- cancelled, too_late, paid_twice or unwanted.
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- The last number given, by municipality and what is numbered.
CREATE TABLE running_number (
    municipality TEXT NOT NULL CONSTRAINT running_number_municipality REFERENCES municipality (code),
    series TEXT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT running_number_pk PRIMARY KEY (municipality, series)
);

CREATE TABLE ledger_transaction (
    id UUID NOT NULL CONSTRAINT ledger_transaction_pk PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    -- payment, refund, surplus or surplus_refund.
    event TEXT NOT NULL,
    booking_id UUID NOT NULL CONSTRAINT ledger_booking REFERENCES booking (id),
    payment_id UUID NOT NULL CONSTRAINT ledger_payment REFERENCES payment (id),
    rate_value TEXT,
    rate_date DATE,
    CONSTRAINT ledger_once UNIQUE (payment_id, event)
);

-- A debit and a credit of one amount in one entity: out of balance can't be written down.
CREATE TABLE posting (
    transaction_id UUID NOT NULL CONSTRAINT posting_transaction REFERENCES ledger_transaction (id),
    line BIGINT NOT NULL,
    entity TEXT NOT NULL CONSTRAINT posting_entity REFERENCES municipality (code),
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT posting_positive CHECK (minor > 0),
    currency TEXT NOT NULL,
    contract_minor BIGINT,
    contract_currency TEXT,
    CONSTRAINT posting_pk PRIMARY KEY (transaction_id, line),
    CONSTRAINT posting_two_accounts CHECK (debit <> credit)
);

-- What is to be told to the world, written with the change it tells of.
CREATE TABLE outbox (
    id UUID NOT NULL CONSTRAINT outbox_pk PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at TIMESTAMPTZ,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    done_at TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE audit (
    id UUID NOT NULL CONSTRAINT audit_pk PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    change TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject_id);

-- Answers already given to a caller's Idempotency-Key. Without a status: still being worked out.
CREATE TABLE idempotency (
    idempotency_key TEXT NOT NULL CONSTRAINT idempotency_pk PRIMARY KEY,
    request_hash TEXT NOT NULL,
    status BIGINT,
    response TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
