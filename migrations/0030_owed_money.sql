-- What becomes of money that is owed to payers, and of what little of an invoice nobody pays.

-- It pays an invoice after all, or has gone back by the bank.
CREATE TABLE owed_spent (
    id UUID NOT NULL CONSTRAINT owed_spent_pk PRIMARY KEY,
    municipality TEXT NOT NULL CONSTRAINT owed_spent_municipality REFERENCES municipality (code),
    -- Whence: a line of the bank's statement, or an invoice of which what had been paid was taken back.
    payment_id UUID CONSTRAINT owed_spent_payment REFERENCES bank_payment (id),
    returned_id UUID CONSTRAINT owed_spent_returned REFERENCES invoice (id),
    minor BIGINT NOT NULL CONSTRAINT owed_spent_positive CHECK (minor > 0),
    -- The invoice that it pays; NULL where it has gone back.
    invoice_id UUID CONSTRAINT owed_spent_invoice REFERENCES invoice (id),
    -- The bank's own name of the line by which it has gone back, and the bank's day of that.
    bank_key TEXT,
    booked_on DATE,
    spent_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT owed_spent_whence CHECK ((payment_id IS NULL) <> (returned_id IS NULL)),
    CONSTRAINT owed_spent_whither CHECK ((invoice_id IS NULL) = (bank_key IS NOT NULL)
        AND (bank_key IS NULL) = (booked_on IS NULL)),
    -- The same told twice has one effect.
    CONSTRAINT owed_spent_matched UNIQUE (payment_id, invoice_id),
    CONSTRAINT owed_spent_matched_again UNIQUE (returned_id, invoice_id),
    CONSTRAINT owed_spent_once UNIQUE (municipality, bank_key)
);
CREATE INDEX owed_spent_of_invoice ON owed_spent (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX bank_payment_owed ON bank_payment (municipality, booked_on) WHERE minor > applied_minor;

-- What nobody asks for any more, as it is too little; undone when the invoice is taken back.
CREATE TABLE invoice_write_off (
    id UUID NOT NULL CONSTRAINT invoice_write_off_pk PRIMARY KEY,
    invoice_id UUID NOT NULL CONSTRAINT invoice_write_off_invoice REFERENCES invoice (id),
    minor BIGINT NOT NULL CONSTRAINT invoice_write_off_positive CHECK (minor > 0),
    vat_minor BIGINT NOT NULL CONSTRAINT invoice_write_off_tax CHECK (vat_minor BETWEEN 0 AND minor),
    reason_sv TEXT NOT NULL,
    reason_fi TEXT NOT NULL,
    written_off_at TIMESTAMPTZ NOT NULL,
    undone_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX invoice_write_off_once ON invoice_write_off (invoice_id) WHERE undone_at IS NULL;

-- What pays invoices: as it came in, and what was matched later.
CREATE VIEW invoice_paid AS
SELECT municipality, invoice_id, applied_minor AS minor FROM bank_payment WHERE invoice_id IS NOT NULL
UNION ALL
SELECT municipality, invoice_id, minor FROM owed_spent WHERE invoice_id IS NOT NULL;

-- What had been paid of an invoice when it was taken back, or when a reminder's fee was waived.
CREATE VIEW invoice_returned AS
SELECT invoice_id, CAST(SUM(minor) AS BIGINT) AS minor FROM (
    SELECT credits AS invoice_id, returned_minor AS minor FROM invoice WHERE credits IS NOT NULL
    UNION ALL
    SELECT invoice_id, returned_minor AS minor FROM invoice_reminder) AS returned
GROUP BY invoice_id;

-- What is owed to payers, and what of it hasn't been spent: lines of the statement that pay for nothing or were too much,
-- and what was returned of invoices, by their numbers.
CREATE VIEW owed_money AS
SELECT line.municipality, line.id AS payment_id, CAST(NULL AS UUID) AS returned_id, line.bank_key, line.booked_on,
    line.reference, line.invoice_id, CAST(NULL AS BIGINT) AS number, line.minor - line.applied_minor AS minor,
    line.minor - line.applied_minor - CAST(COALESCE(spent.minor, 0) AS BIGINT) AS left_minor
FROM bank_payment AS line
LEFT JOIN (SELECT payment_id, SUM(minor) AS minor FROM owed_spent WHERE payment_id IS NOT NULL GROUP BY payment_id)
    AS spent ON spent.payment_id = line.id
WHERE line.minor > line.applied_minor
UNION ALL
SELECT invoice.municipality, CAST(NULL AS UUID), invoice.id, CAST(NULL AS TEXT), CAST(NULL AS DATE), CAST(NULL AS TEXT),
    invoice.id, invoice.number, returned.minor, returned.minor - CAST(COALESCE(spent.minor, 0) AS BIGINT)
FROM invoice JOIN invoice_returned AS returned ON returned.invoice_id = invoice.id
LEFT JOIN (SELECT returned_id, SUM(minor) AS minor FROM owed_spent WHERE returned_id IS NOT NULL GROUP BY returned_id)
    AS spent ON spent.returned_id = invoice.id
WHERE returned.minor > 0;

-- On which day the bank has booked what a transaction is about; NULL where it is about no line of a statement. The
-- transaction stands at the moment at which it was taken in.
ALTER TABLE ledger_transaction ADD COLUMN booked_on DATE;

-- How many lines of a provider's report aren't what we know, and what we knew of each when it came. NULL: a report from
-- before that was looked at, or a line under a name that isn't ours.
ALTER TABLE provider_settlement ADD COLUMN unlike BIGINT;
ALTER TABLE provider_settlement_line ADD COLUMN known_minor BIGINT;
