-- The same money can pay more of the same invoice: what of it is open again later, as a trifle written off is undone.
-- And it can pay a settlement between the towns after all.

DROP VIEW owed_money;
DROP VIEW invoice_paid;
CREATE TABLE owed_spent_before AS SELECT * FROM owed_spent;
DROP TABLE owed_spent;

CREATE TABLE owed_spent (
    id UUID NOT NULL CONSTRAINT owed_spent_pk PRIMARY KEY,
    municipality TEXT NOT NULL CONSTRAINT owed_spent_municipality REFERENCES municipality (code),
    -- Whence: a line of the bank's statement, or an invoice of which what had been paid was taken back.
    payment_id UUID CONSTRAINT owed_spent_payment REFERENCES bank_payment (id),
    returned_id UUID CONSTRAINT owed_spent_returned REFERENCES invoice (id),
    minor BIGINT NOT NULL CONSTRAINT owed_spent_positive CHECK (minor > 0),
    -- The invoice that it pays, or the settlement, and how much of that one's net; both NULL where it has gone back.
    invoice_id UUID CONSTRAINT owed_spent_invoice REFERENCES invoice (id),
    settlement_id UUID CONSTRAINT owed_spent_settlement REFERENCES settlement (id),
    settled_minor BIGINT NOT NULL DEFAULT 0,
    -- The bank's own name of the line by which it has gone back, and the bank's day of that.
    bank_key TEXT,
    booked_on DATE,
    spent_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT owed_spent_whence CHECK ((payment_id IS NULL) <> (returned_id IS NULL)),
    CONSTRAINT owed_spent_whither CHECK (CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN settlement_id IS NULL THEN 0 ELSE 1 END + CASE WHEN bank_key IS NULL THEN 0 ELSE 1 END = 1
        AND (bank_key IS NULL) = (booked_on IS NULL)),
    CONSTRAINT owed_spent_settles CHECK ((settlement_id IS NULL) = (settled_minor = 0)),
    -- The same told twice has one effect.
    CONSTRAINT owed_spent_once UNIQUE (municipality, bank_key)
);
INSERT INTO owed_spent (id, municipality, payment_id, returned_id, minor, invoice_id, bank_key, booked_on, spent_at)
SELECT id, municipality, payment_id, returned_id, minor, invoice_id, bank_key, booked_on, spent_at
FROM owed_spent_before;
DROP TABLE owed_spent_before;
CREATE INDEX owed_spent_of_invoice ON owed_spent (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX owed_spent_of_settlement ON owed_spent (settlement_id) WHERE settlement_id IS NOT NULL;
CREATE INDEX owed_spent_of_payment ON owed_spent (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX owed_spent_of_returned ON owed_spent (returned_id) WHERE returned_id IS NOT NULL;

CREATE VIEW invoice_paid AS
SELECT municipality, invoice_id, applied_minor AS minor FROM bank_payment WHERE invoice_id IS NOT NULL
UNION ALL
SELECT municipality, invoice_id, minor FROM owed_spent WHERE invoice_id IS NOT NULL;

-- With the settlement between the towns that a line was meant for.
CREATE VIEW owed_money AS
SELECT line.municipality, line.id AS payment_id, CAST(NULL AS UUID) AS returned_id, line.bank_key, line.booked_on,
    line.reference, line.invoice_id, line.settlement_id, CAST(NULL AS BIGINT) AS number,
    line.minor - line.applied_minor AS minor,
    line.minor - line.applied_minor - CAST(COALESCE(spent.minor, 0) AS BIGINT) AS left_minor
FROM bank_payment AS line
LEFT JOIN (SELECT payment_id, SUM(minor) AS minor FROM owed_spent WHERE payment_id IS NOT NULL GROUP BY payment_id)
    AS spent ON spent.payment_id = line.id
WHERE line.minor > line.applied_minor
UNION ALL
SELECT invoice.municipality, CAST(NULL AS UUID), invoice.id, CAST(NULL AS TEXT), CAST(NULL AS DATE), CAST(NULL AS TEXT),
    invoice.id, CAST(NULL AS UUID), invoice.number, returned.minor, returned.minor - CAST(COALESCE(spent.minor, 0) AS BIGINT)
FROM invoice JOIN invoice_returned AS returned ON returned.invoice_id = invoice.id
LEFT JOIN (SELECT returned_id, SUM(minor) AS minor FROM owed_spent WHERE returned_id IS NOT NULL GROUP BY returned_id)
    AS spent ON spent.returned_id = invoice.id
WHERE returned.minor > 0;

-- When it came is told by the payment that it came with.
ALTER TABLE deposit DROP COLUMN taken_at;
