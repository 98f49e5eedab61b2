-- Price lists as staff write them, JSON, dated: one of a facility or of a space from a day on. What had been
-- laid in as prices an hour becomes the list that has always held.

CREATE TABLE tariff (
    id UUID NOT NULL CONSTRAINT tariff_pk PRIMARY KEY,
    -- Whose it is: one of the two.
    facility_id UUID CONSTRAINT tariff_facility REFERENCES facility (id),
    space_id UUID CONSTRAINT tariff_space REFERENCES space (id),
    valid_from DATE NOT NULL,
    document TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- NULL while it is a draft; from then on it never changes.
    published_at TIMESTAMPTZ,
    CONSTRAINT tariff_place CHECK ((facility_id IS NULL) <> (space_id IS NULL)),
    CONSTRAINT tariff_facility_from UNIQUE (facility_id, valid_from),
    CONSTRAINT tariff_space_from UNIQUE (space_id, valid_from)
);

INSERT INTO tariff (id, space_id, valid_from, document, created_at, published_at)
SELECT price.space_id, price.space_id, '1970-01-01',
    '{"dated_by":"booking","prices":[' || string_agg(
        '{"groups":["' || price_group || '"],"when":{"days":'
        || CASE days WHEN 'weekday' THEN '[1,2,3,4,5]' WHEN 'weekend' THEN '[6,7]' ELSE '[1,2,3,4,5,6,7]' END
        || ',"from":"' || CASE WHEN from_minute < 600 THEN '0' ELSE '' END || CAST(from_minute / 60 AS TEXT)
        || ':' || CASE WHEN from_minute % 60 < 10 THEN '0' ELSE '' END || CAST(from_minute % 60 AS TEXT)
        || '","to":"' || CASE WHEN to_minute < 600 THEN '0' ELSE '' END || CAST(to_minute / 60 AS TEXT)
        || ':' || CASE WHEN to_minute % 60 < 10 THEN '0' ELSE '' END || CAST(to_minute % 60 AS TEXT)
        || '"},"unit":"hour","price":{"' || municipality.currency || '":"' || CAST(hour_minor / 100 AS TEXT) || '.'
        || CASE WHEN hour_minor % 100 < 10 THEN '0' ELSE '' END || CAST(hour_minor % 100 AS TEXT) || '"}}', ',')
    || ']}', '1970-01-01 00:00:00+00:00', '1970-01-01 00:00:00+00:00'
FROM price JOIN space ON space.id = price.space_id JOIN facility ON facility.id = space.facility_id
JOIN municipality ON municipality.code = facility.municipality
GROUP BY price.space_id;
DROP TABLE price;

-- What each line of a price is for, JSON, so that it can be said again; and why its tax is that one.
ALTER TABLE booking_line ADD COLUMN basis TEXT NOT NULL DEFAULT '';
UPDATE booking_line SET basis =
    '{"kind":"price","unit":"hour","price":{"minor":' || CAST(hour_minor AS TEXT) || ',"currency":"'
    || (SELECT total_currency FROM booking WHERE booking.id = booking_line.booking_id) || '"}}';
ALTER TABLE booking_line DROP COLUMN hour_minor;
-- Since when the rate was in force, and on which day it counted: when the money came (payment) or the premises
-- were used (use). NULL on older lines.
ALTER TABLE booking_line ADD COLUMN tax_since DATE;
ALTER TABLE booking_line ADD COLUMN tax_point TEXT;
ALTER TABLE booking_line ADD COLUMN tax_date DATE;

-- The municipality that the booker lives in, as they say: some pay by that. NULL: elsewhere, or not said.
ALTER TABLE booking ADD COLUMN home TEXT;
ALTER TABLE series ADD COLUMN home TEXT;
ALTER TABLE waiting ADD COLUMN home TEXT;
-- As one of how many dates it was booked: a series may cost less.
ALTER TABLE booking ADD COLUMN dates BIGINT NOT NULL DEFAULT 1;
