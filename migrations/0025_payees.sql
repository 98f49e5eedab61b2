-- Where invoices are paid; customers' codes that are replaced; reminders' fees that are waived.

CREATE TABLE payee (
    municipality TEXT NOT NULL CONSTRAINT payee_pk PRIMARY KEY
        CONSTRAINT payee_municipality REFERENCES municipality (code),
    -- JSON: an IBAN and its BIC, or a bankgiro number and the level of its OCR numbers.
    payee TEXT NOT NULL
);

-- The same as it was when the invoice was written; NULL on a credit note, and on what is older than this.
ALTER TABLE invoice ADD COLUMN payee TEXT;

-- What the customer's code is signed for; NULL while it has none, since it is closed.
ALTER TABLE customer ADD COLUMN code_id UUID;
UPDATE customer SET code_id = id;
CREATE UNIQUE INDEX customer_code ON customer (code_id);
-- Since when nothing more is put on its account.
ALTER TABLE customer ADD COLUMN closed_at TIMESTAMPTZ;

-- Since when, and why, nobody asks for the fee any more.
ALTER TABLE invoice_reminder ADD COLUMN waived_at TIMESTAMPTZ;
ALTER TABLE invoice_reminder ADD COLUMN reason_sv TEXT;
ALTER TABLE invoice_reminder ADD COLUMN reason_fi TEXT;
-- How much of it had been paid, and is owed to the payer.
ALTER TABLE invoice_reminder ADD COLUMN returned_minor BIGINT NOT NULL DEFAULT 0;
