-- What the town has cancelled or moved nobody has given back: whoever waits is offered it again.
ALTER TABLE booking ADD COLUMN by_town BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE booking_change ADD COLUMN by_town BOOLEAN NOT NULL DEFAULT false;
UPDATE booking SET by_town = true WHERE state = 'cancelled' AND id IN (
    SELECT subject_id FROM audit
    WHERE subject = 'booking' AND action = 'cancelled' AND (actor = 'operator' OR actor LIKE 'staff:%'));
