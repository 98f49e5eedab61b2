-- Invoices: for clubs and companies that pay later.

CREATE TABLE customer (
    id UUID NOT NULL CONSTRAINT customer_pk PRIMARY KEY,
    -- The town that sends the invoices.
    municipality TEXT NOT NULL CONSTRAINT customer_municipality REFERENCES municipality (code),
    name TEXT NOT NULL,
    business_id TEXT,
    email TEXT NOT NULL,
    address TEXT,
    e_invoice TEXT,
    language TEXT NOT NULL,
    price_group TEXT NOT NULL,
    terms_days BIGINT NOT NULL,
    -- How much may be owed at a time, in the town's currency.
    credit_minor BIGINT NOT NULL CONSTRAINT customer_credit CHECK (credit_minor > 0),
    -- One invoice a month, or one a booking.
    monthly BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX customer_of_town ON customer (municipality, name, id);

CREATE TABLE invoice (
    id UUID NOT NULL CONSTRAINT invoice_pk PRIMARY KEY,
    municipality TEXT NOT NULL CONSTRAINT invoice_municipality REFERENCES municipality (code),
    -- Without gaps within the municipality; credit notes stand in the same row.
    number BIGINT NOT NULL,
    customer_id UUID NOT NULL CONSTRAINT invoice_customer REFERENCES customer (id),
    -- The customer's name, number, address and language as they were.
    customer TEXT NOT NULL,
    -- The invoice that it takes back, or a part of it; NULL where it is an invoice.
    credits UUID CONSTRAINT invoice_credits REFERENCES invoice (id),
    reason_sv TEXT,
    reason_fi TEXT,
    issued_at TIMESTAMPTZ NOT NULL,
    due_on DATE NOT NULL,
    currency TEXT NOT NULL,
    gross_minor BIGINT NOT NULL,
    vat_minor BIGINT NOT NULL,
    -- Of a credit note: how much of it had been paid, and is owed to the payer.
    returned_minor BIGINT NOT NULL,
    CONSTRAINT invoice_number UNIQUE (municipality, number),
    CONSTRAINT invoice_positive CHECK (gross_minor > 0),
    CONSTRAINT invoice_tax CHECK (vat_minor BETWEEN 0 AND gross_minor)
);
CREATE INDEX invoice_of_customer ON invoice (customer_id, number);
CREATE INDEX invoice_credited ON invoice (credits) WHERE credits IS NOT NULL;

CREATE TABLE invoice_line (
    invoice_id UUID NOT NULL CONSTRAINT invoice_line_invoice REFERENCES invoice (id),
    line BIGINT NOT NULL,
    -- Of a credit note: the invoice's line that it takes back.
    credits_line BIGINT,
    booking_id UUID NOT NULL CONSTRAINT invoice_line_booking REFERENCES booking (id),
    space_id UUID NOT NULL CONSTRAINT invoice_line_space REFERENCES space (id),
    start_quarter BIGINT NOT NULL,
    end_quarter BIGINT NOT NULL,
    -- How much of the price is charged: less than all of it where it was cancelled late.
    percent BIGINT NOT NULL CONSTRAINT invoice_line_percent CHECK (percent BETWEEN 1 AND 100),
    -- The day of use decides the tax.
    tax_point DATE NOT NULL,
    net_minor BIGINT NOT NULL,
    vat_rate TEXT NOT NULL,
    vat_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    CONSTRAINT invoice_line_pk PRIMARY KEY (invoice_id, line),
    CONSTRAINT invoice_line_sum CHECK (net_minor + vat_minor = gross_minor)
);

CREATE TABLE invoice_reminder (
    invoice_id UUID NOT NULL CONSTRAINT invoice_reminder_invoice REFERENCES invoice (id),
    number BIGINT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    due_on DATE NOT NULL,
    fee_minor BIGINT NOT NULL CONSTRAINT invoice_reminder_fee CHECK (fee_minor >= 0),
    CONSTRAINT invoice_reminder_pk PRIMARY KEY (invoice_id, number)
);

-- Money on the town's bank account that came with a reference.
CREATE TABLE bank_payment (
    id UUID NOT NULL CONSTRAINT bank_payment_pk PRIMARY KEY,
    municipality TEXT NOT NULL CONSTRAINT bank_payment_municipality REFERENCES municipality (code),
    -- The bank's own name of the line: the same one twice has one effect.
    bank_key TEXT NOT NULL,
    booked_on DATE NOT NULL,
    currency TEXT NOT NULL,
    minor BIGINT NOT NULL CONSTRAINT bank_payment_positive CHECK (minor > 0),
    reference TEXT NOT NULL,
    -- NULL while nobody knows what it is for.
    invoice_id UUID CONSTRAINT bank_payment_invoice REFERENCES invoice (id),
    -- What it pays of the invoice; the rest is owed to the payer.
    applied_minor BIGINT NOT NULL CONSTRAINT bank_payment_applied CHECK (applied_minor BETWEEN 0 AND minor),
    registered_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT bank_payment_once UNIQUE (municipality, bank_key)
);
CREATE INDEX bank_payment_of_invoice ON bank_payment (invoice_id);

-- Who pays it later; NULL where it is paid when it is booked.
ALTER TABLE booking ADD COLUMN customer_id UUID CONSTRAINT booking_customer REFERENCES customer (id);
-- Set once it is on an invoice.
ALTER TABLE booking ADD COLUMN invoice_id UUID CONSTRAINT booking_invoice REFERENCES invoice (id);
-- How much of the price is charged: what cancelling it gives back isn't.
ALTER TABLE booking ADD COLUMN charged_percent BIGINT NOT NULL DEFAULT 100;
CREATE INDEX booking_to_invoice ON booking (customer_id, end_quarter) WHERE customer_id IS NOT NULL;
