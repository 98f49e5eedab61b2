-- The towns settle what they owe each other.

-- In which currency, who bears what the rate does, and when: at the end of so many months by the clocks of a zone.
ALTER TABLE treaty ADD COLUMN settlement_currency TEXT NOT NULL DEFAULT 'EUR';
ALTER TABLE treaty ADD COLUMN settlement_bearer TEXT NOT NULL DEFAULT 'collector';
ALTER TABLE treaty ADD COLUMN settlement_zone TEXT NOT NULL DEFAULT 'Europe/Helsinki';
ALTER TABLE treaty ADD COLUMN settlement_months BIGINT NOT NULL DEFAULT 1
    CONSTRAINT treaty_settlement_months CHECK (settlement_months IN (1, 2, 3, 4, 6, 12));

-- What is to be paid and has been is written as the first town pays: less than nothing the other way.
CREATE TABLE settlement (
    id UUID NOT NULL CONSTRAINT settlement_pk PRIMARY KEY,
    -- Of all settlements, without gaps: money is found by it, whichever town it comes to.
    number BIGINT NOT NULL CONSTRAINT settlement_number UNIQUE,
    -- By code, so that there is one way to write a pair.
    one TEXT NOT NULL CONSTRAINT settlement_one REFERENCES municipality (code),
    other TEXT NOT NULL CONSTRAINT settlement_other REFERENCES municipality (code),
    -- The last day, and the first moment that isn't in it.
    through DATE NOT NULL,
    cut_off TIMESTAMPTZ NOT NULL,
    drawn_at TIMESTAMPTZ NOT NULL,
    bearer TEXT NOT NULL,
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    -- The sums of its lines: what the first owes the second in both towns' books, and the other way.
    lines BIGINT NOT NULL,
    one_booked_minor BIGINT NOT NULL,
    one_contract_minor BIGINT NOT NULL,
    other_booked_minor BIGINT NOT NULL,
    other_contract_minor BIGINT NOT NULL,
    -- In the treaty's currency, and in each town's books.
    currency TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    one_minor BIGINT NOT NULL,
    other_minor BIGINT NOT NULL,
    -- What each gains by what the rate has done.
    one_gain_minor BIGINT NOT NULL,
    other_gain_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    one_paid_minor BIGINT NOT NULL,
    other_paid_minor BIGINT NOT NULL,
    -- Since when nothing is left to pay.
    paid_at TIMESTAMPTZ,
    CONSTRAINT settlement_once UNIQUE (one, other, through),
    CONSTRAINT settlement_pair CHECK (one < other),
    CONSTRAINT settlement_paid CHECK ((paid_at IS NOT NULL) = (paid_minor = net_minor)),
    CONSTRAINT settlement_not_overpaid CHECK (ABS(paid_minor) <= ABS(net_minor))
);

-- What is settled, a line for each time that something became owed or went back: once.
CREATE TABLE settlement_line (
    settlement_id UUID NOT NULL CONSTRAINT settlement_line_settlement REFERENCES settlement (id),
    line BIGINT NOT NULL,
    transaction_id UUID NOT NULL CONSTRAINT settlement_line_transaction REFERENCES ledger_transaction (id),
    debtor TEXT NOT NULL CONSTRAINT settlement_line_debtor REFERENCES municipality (code),
    creditor TEXT NOT NULL CONSTRAINT settlement_line_creditor REFERENCES municipality (code),
    -- What was collected, and what was agreed; less than nothing where it went back.
    booked_minor BIGINT NOT NULL,
    contract_minor BIGINT NOT NULL,
    CONSTRAINT settlement_line_pk PRIMARY KEY (settlement_id, line),
    CONSTRAINT settlement_line_once UNIQUE (transaction_id, debtor, creditor)
);

-- The settlement that money on the bank account pays, and how much of it in the treaty's currency.
ALTER TABLE bank_payment ADD COLUMN settlement_id UUID CONSTRAINT bank_payment_settlement REFERENCES settlement (id);
ALTER TABLE bank_payment ADD COLUMN settled_minor BIGINT NOT NULL DEFAULT 0;
CREATE INDEX bank_payment_of_settlement ON bank_payment (settlement_id);
