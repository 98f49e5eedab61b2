-- The books take in whatever has to do with money: not each event has a booking, and each has one cause, which
-- has one effect however often it is told.

-- SQLite can't change a table's constraints: what gets another form is put aside, made anew and filled again.
CREATE TABLE ledger_transaction_before AS SELECT * FROM ledger_transaction;
CREATE TABLE posting_before AS SELECT * FROM posting;
DROP TABLE posting;
DROP TABLE ledger_transaction;

-- A town's books are kept in its currency.
CREATE UNIQUE INDEX municipality_currency ON municipality (code, currency);

CREATE TABLE ledger_transaction (
    id UUID NOT NULL CONSTRAINT ledger_transaction_pk PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    event TEXT NOT NULL,
    -- What it books, and what that is called: payment:…, refund:…, fee:…, correction:…
    source TEXT NOT NULL CONSTRAINT ledger_source UNIQUE,
    -- How many postings it has: none is added later.
    lines BIGINT NOT NULL CONSTRAINT ledger_lines CHECK (lines > 0),
    booking_id UUID CONSTRAINT ledger_booking REFERENCES booking (id),
    payment_id UUID CONSTRAINT ledger_payment REFERENCES payment (id),
    refund_id UUID CONSTRAINT ledger_refund REFERENCES refund (id),
    -- The rate that was used, where two currencies meet.
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT
);
CREATE INDEX ledger_at ON ledger_transaction (at, id);
CREATE INDEX ledger_of_booking ON ledger_transaction (booking_id);
CREATE INDEX ledger_of_payment ON ledger_transaction (payment_id);
-- The sources of what was booked before are numbers, so that these keep it from being booked again.
CREATE UNIQUE INDEX ledger_payment_once ON ledger_transaction (payment_id) WHERE event IN ('payment', 'surplus');
CREATE UNIQUE INDEX ledger_refund_once ON ledger_transaction (refund_id) WHERE event IN ('refund', 'surplus_refund');
INSERT INTO ledger_transaction (id, at, event, source, lines, booking_id, payment_id, refund_id, rate_value,
                                rate_date, rate_source)
SELECT before.id, before.at, before.event,
    'before:' || CAST(ROW_NUMBER() OVER (ORDER BY before.at, before.id) AS TEXT),
    (SELECT COUNT(*) FROM posting_before WHERE posting_before.transaction_id = before.id),
    before.booking_id, before.payment_id, before.refund_id, before.rate_value, before.rate_date,
    CASE WHEN before.rate_value IS NOT NULL THEN payment.rate_source END
FROM ledger_transaction_before AS before JOIN payment ON payment.id = before.payment_id;

-- A debit and a credit of one amount in one entity: out of balance can't be written down.
CREATE TABLE posting (
    transaction_id UUID NOT NULL CONSTRAINT posting_transaction REFERENCES ledger_transaction (id),
    line BIGINT NOT NULL,
    entity TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT posting_not_negative CHECK (minor >= 0),
    currency TEXT NOT NULL,
    contract_minor BIGINT,
    contract_currency TEXT,
    CONSTRAINT posting_pk PRIMARY KEY (transaction_id, line),
    CONSTRAINT posting_entity FOREIGN KEY (entity, currency) REFERENCES municipality (code, currency),
    CONSTRAINT posting_two_accounts CHECK (debit <> credit),
    CONSTRAINT posting_contract CHECK ((contract_minor IS NULL) = (contract_currency IS NULL)),
    -- A due may change by less than the smallest coin of the books that it stands in.
    CONSTRAINT posting_of_something CHECK (minor > 0 OR COALESCE(contract_minor, 0) > 0)
);
INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency)
SELECT transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency
FROM posting_before;

DROP TABLE posting_before;
DROP TABLE ledger_transaction_before;
