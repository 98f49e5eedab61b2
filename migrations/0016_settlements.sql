-- What providers have paid out to the towns, and what they have kept of it.

CREATE TABLE provider_settlement (
    provider TEXT NOT NULL,
    collector TEXT NOT NULL CONSTRAINT provider_settlement_collector REFERENCES municipality (code),
    -- The provider's own name of it.
    settlement TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- What stands on the bank's line.
    bank_reference TEXT NOT NULL,
    settled_on DATE NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    -- When its report came; NULL as long as it hasn't.
    reported_at TIMESTAMPTZ,
    -- What was paid less what went back, and what the provider kept of it, rounded once; NULL without a report.
    minor BIGINT,
    fee_minor BIGINT,
    CONSTRAINT provider_settlement_pk PRIMARY KEY (provider, collector, settlement)
);

CREATE TABLE provider_settlement_line (
    provider TEXT NOT NULL,
    collector TEXT NOT NULL,
    settlement TEXT NOT NULL,
    line BIGINT NOT NULL,
    -- What we have named it by: an order, or a refund.
    stamp TEXT NOT NULL,
    -- Less than nothing for a refund.
    minor BIGINT NOT NULL,
    -- Decimals: they may have parts of a cent.
    fee TEXT NOT NULL,
    commission TEXT NOT NULL,
    vat TEXT NOT NULL,
    CONSTRAINT provider_settlement_line_pk PRIMARY KEY (provider, collector, settlement, line),
    CONSTRAINT provider_settlement_line_of FOREIGN KEY (provider, collector, settlement)
        REFERENCES provider_settlement (provider, collector, settlement)
);
