-- A booking may be moved. It then has several payments, each for what it pays of the price, and a payment
-- may go back in several parts.

-- SQLite can't change a table's constraints, and a key's name is taken as long as its table is there: what
-- gets another form is put aside, made anew and filled again.
CREATE TABLE booking_line_before AS SELECT * FROM booking_line;
CREATE TABLE payment_before AS SELECT * FROM payment;
CREATE TABLE refund_before AS SELECT * FROM refund;
CREATE TABLE ledger_transaction_before AS SELECT * FROM ledger_transaction;
CREATE TABLE posting_before AS SELECT * FROM posting;
DROP TABLE posting;
DROP TABLE ledger_transaction;
DROP TABLE refund;
DROP TABLE payment;
DROP TABLE booking_line;

-- Which of its prices and times is in force: a move brings the next.
ALTER TABLE booking ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

CREATE TABLE booking_line (
    booking_id UUID NOT NULL CONSTRAINT booking_line_booking REFERENCES booking (id),
    -- A receipt shows the lines that it was issued for, whatever comes later.
    version BIGINT NOT NULL,
    line BIGINT NOT NULL,
    space_id UUID NOT NULL CONSTRAINT booking_line_space REFERENCES space (id),
    start_quarter BIGINT NOT NULL,
    end_quarter BIGINT NOT NULL,
    hour_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    vat_rate TEXT NOT NULL,
    vat_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    CONSTRAINT booking_line_pk PRIMARY KEY (booking_id, version, line),
    CONSTRAINT booking_line_sum CHECK (net_minor + vat_minor = gross_minor)
);
INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, hour_minor, net_minor,
                          vat_rate, vat_minor, gross_minor)
SELECT before.booking_id, 1, before.line, booking.space_id, before.start_quarter, before.end_quarter,
    before.hour_minor, before.net_minor, before.vat_rate, before.vat_minor, before.gross_minor
FROM booking_line_before AS before JOIN booking ON booking.id = before.booking_id;

-- A move, from one version of its booking to the next.
CREATE TABLE booking_change (
    id UUID NOT NULL CONSTRAINT booking_change_pk PRIMARY KEY,
    booking_id UUID NOT NULL CONSTRAINT booking_change_booking REFERENCES booking (id),
    from_version BIGINT NOT NULL,
    version BIGINT NOT NULL,
    space_id UUID NOT NULL CONSTRAINT booking_change_space REFERENCES space (id),
    start_quarter BIGINT NOT NULL,
    end_quarter BIGINT NOT NULL,
    before_quarters BIGINT NOT NULL,
    after_quarters BIGINT NOT NULL,
    -- The new price, locked, in the facility's currency and in the neighbour's.
    total_minor BIGINT NOT NULL,
    other_minor BIGINT,
    other_currency TEXT,
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    -- What is to be paid before it is done, the tax in it, and the same in the neighbour's currency.
    pay_minor BIGINT NOT NULL CONSTRAINT booking_change_pay CHECK (pay_minor >= 0),
    pay_vat_minor BIGINT NOT NULL,
    pay_other_minor BIGINT,
    -- open, done, expired or given_back.
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- Until then the new time is held; the old one is the booker's in any case.
    expires_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    CONSTRAINT booking_change_version UNIQUE (booking_id, version),
    CONSTRAINT booking_change_span CHECK (start_quarter < end_quarter)
);
CREATE UNIQUE INDEX booking_change_open ON booking_change (booking_id) WHERE state = 'open';
CREATE INDEX booking_change_expires ON booking_change (expires_at) WHERE state = 'open';

-- The cells of the new time that the booking doesn't have yet.
ALTER TABLE claim ADD COLUMN change_id UUID CONSTRAINT claim_change_fk REFERENCES booking_change (id);
CREATE UNIQUE INDEX claim_change ON claim (change_id);

CREATE TABLE payment (
    id UUID NOT NULL CONSTRAINT payment_pk PRIMARY KEY,
    booking_id UUID NOT NULL CONSTRAINT payment_booking REFERENCES booking (id),
    -- The move that it pays for; NULL where it pays for the booking as it was made.
    change_id UUID CONSTRAINT payment_change REFERENCES booking_change (id),
    -- The version of the price that it pays for.
    version BIGINT NOT NULL,
    provider TEXT NOT NULL,
    -- pending, paid or failed.
    state TEXT NOT NULL,
    -- Paid, but for nothing: a second time, or for a time that is gone. It goes back.
    surplus BOOLEAN NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT payment_positive CHECK (minor > 0),
    currency TEXT NOT NULL,
    -- What it pays in the facility's currency, and the tax in that.
    gross_minor BIGINT NOT NULL,
    vat_minor BIGINT NOT NULL,
    -- The rate between the two; NULL where they are one currency.
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    -- The municipality whose provider takes the money in.
    collector TEXT NOT NULL CONSTRAINT payment_collector REFERENCES municipality (code),
    return_url TEXT NOT NULL,
    -- The provider's own name of the charge: the same one twice has one effect.
    charge TEXT,
    -- Given when it pays for something; without gaps within the seller's municipality.
    receipt_number BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    CONSTRAINT payment_charge UNIQUE (provider, charge),
    CONSTRAINT payment_tax CHECK (vat_minor BETWEEN 0 AND gross_minor)
);
CREATE INDEX payment_of_booking ON payment (booking_id);
INSERT INTO payment (id, booking_id, change_id, version, provider, state, surplus, minor, currency, gross_minor,
                     vat_minor, rate_base, rate_quote, rate_value, rate_date, rate_source, collector, return_url,
                     charge, receipt_number, created_at, settled_at)
SELECT before.id, before.booking_id, NULL, 1, before.provider, before.state, before.surplus, before.minor,
    before.currency, booking.total_minor,
    (SELECT CAST(COALESCE(SUM(line.vat_minor), 0) AS BIGINT) FROM booking_line AS line
     WHERE line.booking_id = before.booking_id),
    CASE WHEN before.currency <> booking.total_currency THEN booking.rate_base END,
    CASE WHEN before.currency <> booking.total_currency THEN booking.rate_quote END,
    CASE WHEN before.currency <> booking.total_currency THEN booking.rate_value END,
    CASE WHEN before.currency <> booking.total_currency THEN booking.rate_date END,
    CASE WHEN before.currency <> booking.total_currency THEN booking.rate_source END,
    before.collector, before.return_url, before.charge,
    CASE WHEN before.state = 'paid' AND NOT before.surplus THEN booking.receipt_number END,
    before.created_at, before.settled_at
FROM payment_before AS before JOIN booking ON booking.id = before.booking_id;
ALTER TABLE booking DROP COLUMN receipt_number;

CREATE TABLE refund (
    id UUID NOT NULL CONSTRAINT refund_pk PRIMARY KEY,
    payment_id UUID NOT NULL CONSTRAINT refund_payment REFERENCES payment (id),
    -- In the payment's currency; nothing where a share rounds to nothing.
    minor BIGINT NOT NULL CONSTRAINT refund_not_negative CHECK (minor >= 0),
    -- How much of what the payment pays goes back with it, and of the tax in that.
    gross_minor BIGINT NOT NULL,
    vat_minor BIGINT NOT NULL,
    -- cancelled, moved, too_late, paid_twice or unwanted.
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT refund_of_something CHECK (minor > 0 OR gross_minor > 0),
    CONSTRAINT refund_tax CHECK (vat_minor BETWEEN 0 AND gross_minor)
);
CREATE INDEX refund_of_payment ON refund (payment_id);
INSERT INTO refund (id, payment_id, minor, gross_minor, vat_minor, reason, created_at)
SELECT before.id, before.payment_id, before.minor,
    CASE WHEN payment.surplus THEN payment.gross_minor ELSE
        (SELECT CAST(COALESCE(SUM(posting.minor), 0) AS BIGINT)
         FROM posting_before AS posting JOIN ledger_transaction_before AS booked ON booked.id = posting.transaction_id
         WHERE booked.payment_id = payment.id AND booked.event = 'refund' AND posting.debit IN ('income', 'vat')) END,
    CASE WHEN payment.surplus THEN payment.vat_minor ELSE
        (SELECT CAST(COALESCE(SUM(posting.minor), 0) AS BIGINT)
         FROM posting_before AS posting JOIN ledger_transaction_before AS booked ON booked.id = posting.transaction_id
         WHERE booked.payment_id = payment.id AND booked.event = 'refund' AND posting.debit = 'vat') END,
    before.reason, before.created_at
FROM refund_before AS before JOIN payment ON payment.id = before.payment_id;

CREATE TABLE ledger_transaction (
    id UUID NOT NULL CONSTRAINT ledger_transaction_pk PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    -- payment, refund, surplus or surplus_refund.
    event TEXT NOT NULL,
    booking_id UUID NOT NULL CONSTRAINT ledger_booking REFERENCES booking (id),
    payment_id UUID NOT NULL CONSTRAINT ledger_payment REFERENCES payment (id),
    -- The refund that it books; NULL where it books the payment itself.
    refund_id UUID CONSTRAINT ledger_refund REFERENCES refund (id) CONSTRAINT ledger_refund_once UNIQUE,
    rate_value TEXT,
    rate_date DATE
);
CREATE UNIQUE INDEX ledger_payment_once ON ledger_transaction (payment_id) WHERE refund_id IS NULL;
INSERT INTO ledger_transaction (id, at, event, booking_id, payment_id, refund_id, rate_value, rate_date)
SELECT before.id, before.at, before.event, before.booking_id, before.payment_id, refund.id, before.rate_value,
    before.rate_date
FROM ledger_transaction_before AS before
LEFT JOIN refund ON refund.payment_id = before.payment_id AND before.event IN ('refund', 'surplus_refund');

-- A debit and a credit of one amount in one entity: out of balance can't be written down.
CREATE TABLE posting (
    transaction_id UUID NOT NULL CONSTRAINT posting_transaction REFERENCES ledger_transaction (id),
    line BIGINT NOT NULL,
    entity TEXT NOT NULL CONSTRAINT posting_entity REFERENCES municipality (code),
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT posting_not_negative CHECK (minor >= 0),
    currency TEXT NOT NULL,
    contract_minor BIGINT,
    contract_currency TEXT,
    CONSTRAINT posting_pk PRIMARY KEY (transaction_id, line),
    CONSTRAINT posting_two_accounts CHECK (debit <> credit),
    -- A due may change by less than the smallest coin of the books that it stands in.
    CONSTRAINT posting_of_something CHECK (minor > 0 OR COALESCE(contract_minor, 0) > 0)
);
INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency)
SELECT transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency
FROM posting_before;

DROP TABLE posting_before;
DROP TABLE ledger_transaction_before;
DROP TABLE refund_before;
DROP TABLE payment_before;
DROP TABLE booking_line_before;
