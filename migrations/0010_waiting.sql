-- The waiting list: who wants which time once it becomes free, and what they have been offered.

CREATE TABLE waiting (
    id UUID NOT NULL CONSTRAINT waiting_pk PRIMARY KEY,
    -- Drawn by the page that asked: asked twice is one place in line.
    attempt UUID CONSTRAINT waiting_attempt UNIQUE,
    -- The wish, on the clock of whatever facility meets it. NULL: any.
    space_id UUID CONSTRAINT waiting_space REFERENCES space (id),
    kind TEXT,
    municipality TEXT CONSTRAINT waiting_municipality REFERENCES municipality (code),
    share_percent BIGINT NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE NOT NULL,
    -- Numbers of the days, Monday is 1: 24 for Tuesday and Thursday.
    weekdays TEXT NOT NULL,
    minute_from BIGINT NOT NULL,
    minute_to BIGINT,
    minutes BIGINT NOT NULL,
    people BIGINT,
    price_group TEXT NOT NULL,
    use_of TEXT NOT NULL,
    -- All its starts lie in here, in whatever zone: from, up to but without.
    from_quarter BIGINT NOT NULL,
    to_quarter BIGINT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    language TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- waiting, offered, done, withdrawn or over.
    state TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT waiting_reach CHECK (from_quarter < to_quarter)
);
CREATE INDEX waiting_line ON waiting (to_quarter) WHERE state = 'waiting';
CREATE INDEX waiting_email ON waiting (LOWER(email));

-- The hold that an entry was offered: the same time is never offered to it again.
CREATE TABLE waiting_offer (
    booking_id UUID NOT NULL CONSTRAINT waiting_offer_pk PRIMARY KEY
        CONSTRAINT waiting_offer_booking REFERENCES booking (id),
    waiting_id UUID NOT NULL CONSTRAINT waiting_offer_waiting REFERENCES waiting (id) ON DELETE CASCADE,
    offered_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX waiting_offer_of ON waiting_offer (waiting_id);

-- Who asked and never paid: to be forgotten.
CREATE INDEX booking_untaken ON booking (id) WHERE confirmed_at IS NULL AND booker_email IS NOT NULL;

-- Who gave what back lately: nobody is offered what they have just given back.
CREATE INDEX booking_cancelled ON booking (cancelled_at) WHERE cancelled_at IS NOT NULL;
