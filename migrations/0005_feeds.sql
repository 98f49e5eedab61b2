-- Whose bookings are followed in a calendar. Links name the row, so that no address stands in them.

CREATE TABLE feed (
    id UUID NOT NULL CONSTRAINT feed_pk PRIMARY KEY,
    -- In small letters.
    email TEXT NOT NULL CONSTRAINT feed_email UNIQUE,
    -- When the links were sent there last.
    sent_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX booking_email_start ON booking (LOWER(booker_email), start_quarter);
