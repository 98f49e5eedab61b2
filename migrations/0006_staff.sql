-- Who acts for a town from outside: the tokens of staff and of the towns' other systems.

-- The token itself is shown once, when it is made; only its SHA-256 stays.
CREATE TABLE api_token (
    id UUID NOT NULL CONSTRAINT api_token_pk PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL CONSTRAINT api_token_hash UNIQUE,
    -- What it may do: codes with spaces between.
    scopes TEXT NOT NULL,
    -- Where it may; NULL: in all towns.
    municipality TEXT CONSTRAINT api_token_municipality REFERENCES municipality (code),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ
);

-- Whose letter it is: staff of one town see their own only. NULL where it is no facility's.
ALTER TABLE outbox ADD COLUMN facility_id UUID CONSTRAINT outbox_facility REFERENCES facility (id);
CREATE INDEX outbox_dead ON outbox (id) WHERE due_at IS NULL AND done_at IS NULL;
