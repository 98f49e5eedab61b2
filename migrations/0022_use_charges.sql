-- What a use has cost afterwards: a lost key, time beyond the end.

CREATE TABLE use_charge (
    id UUID NOT NULL CONSTRAINT use_charge_pk PRIMARY KEY,
    booking_id UUID NOT NULL CONSTRAINT use_charge_booking REFERENCES booking (id),
    -- Which of the booking's it is, from 1 on: its name in addresses.
    number BIGINT NOT NULL,
    -- The price list's entry as it was, and how the amount came of it, JSON: so that both can be said again.
    entry TEXT NOT NULL,
    basis TEXT NOT NULL,
    -- Why, as staff tell the booker.
    reason_sv TEXT NOT NULL,
    reason_fi TEXT NOT NULL,
    -- In the facility's currency. The day of use decides the tax.
    net_minor BIGINT NOT NULL,
    vat_rate TEXT NOT NULL,
    vat_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    tax_since DATE,
    tax_date DATE NOT NULL,
    -- In the neighbour's, locked when it was charged.
    other_minor BIGINT,
    other_currency TEXT,
    rate_base TEXT,
    rate_quote TEXT,
    rate_value TEXT,
    rate_date DATE,
    rate_source TEXT,
    -- Whose next invoice it goes on; NULL where the booker pays it.
    customer_id UUID CONSTRAINT use_charge_customer REFERENCES customer (id),
    -- Set once it is on one.
    invoice_id UUID CONSTRAINT use_charge_invoice REFERENCES invoice (id),
    charged_at TIMESTAMPTZ NOT NULL,
    -- Taken back, and why.
    credited_at TIMESTAMPTZ,
    credited_sv TEXT,
    credited_fi TEXT,
    CONSTRAINT use_charge_number UNIQUE (booking_id, number),
    CONSTRAINT use_charge_sum CHECK (net_minor + vat_minor = gross_minor),
    CONSTRAINT use_charge_positive CHECK (gross_minor > 0)
);
CREATE INDEX use_charge_to_invoice ON use_charge (customer_id) WHERE customer_id IS NOT NULL AND invoice_id IS NULL;

-- What it pays; NULL where it pays for the booking, or for a move of it.
ALTER TABLE payment ADD COLUMN use_charge_id UUID CONSTRAINT payment_use_charge REFERENCES use_charge (id);
CREATE INDEX payment_of_use_charge ON payment (use_charge_id) WHERE use_charge_id IS NOT NULL;
-- What the line is for; NULL where it is for the booked time.
ALTER TABLE invoice_line ADD COLUMN use_charge_id UUID CONSTRAINT invoice_line_use_charge REFERENCES use_charge (id);
