-- Real providers: what they are asked for, and what has become of money that goes back.

-- One payment, or those of a series as one sum. Its id is that of the payment, or of the batch: the provider
-- knows it by that, so that asked twice is asked once.
CREATE TABLE provider_order (
    id UUID NOT NULL CONSTRAINT provider_order_pk PRIMARY KEY,
    provider TEXT NOT NULL,
    -- The municipality whose provider takes the money in.
    collector TEXT NOT NULL CONSTRAINT provider_order_collector REFERENCES municipality (code),
    minor BIGINT NOT NULL CONSTRAINT provider_order_positive CHECK (minor > 0),
    currency TEXT NOT NULL,
    -- The provider's own name of it; NULL as long as it has given none.
    reference TEXT,
    -- What a refund names the payment by; NULL as long as there is none.
    paid_reference TEXT,
    -- Where it is paid: on a page of the provider's, or in an app that knows it by a token.
    page TEXT,
    token TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    -- The payer's time to pay; NULL where the provider tells of everything by itself.
    expires_at TIMESTAMPTZ
);

-- NULL: from before there were other providers than the terminal.
ALTER TABLE payment ADD COLUMN order_id UUID CONSTRAINT payment_order REFERENCES provider_order (id);
CREATE INDEX payment_of_order ON payment (order_id) WHERE order_id IS NOT NULL;

-- asked, done or failed: the books have it as soon as it is decided, the payer when it is done.
ALTER TABLE refund ADD COLUMN state TEXT NOT NULL DEFAULT 'done';
-- By which the provider knows it: another after one that has failed.
ALTER TABLE refund ADD COLUMN asked_as UUID;
-- The provider's own name of it.
ALTER TABLE refund ADD COLUMN reference TEXT;
-- What came of the last try, where it wasn't done.
ALTER TABLE refund ADD COLUMN problem TEXT;
ALTER TABLE refund ADD COLUMN settled_at TIMESTAMPTZ;
CREATE INDEX refund_on_its_way ON refund (id) WHERE state <> 'done';
CREATE UNIQUE INDEX refund_asked_as ON refund (asked_as);
