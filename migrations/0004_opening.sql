-- Opening rules and what else decides which times can be booked: as staff write them, JSON, one document
-- a facility and one a space. What had been laid in as hours becomes the rule that always holds.

ALTER TABLE facility ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';
-- Counts staff's changes: at 0 the seed may lay its own in.
ALTER TABLE facility ADD COLUMN rules_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE space ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';
ALTER TABLE space ADD COLUMN rules_version BIGINT NOT NULL DEFAULT 0;

UPDATE facility SET rules = (
    SELECT '{"opening":[{"hours":[' || string_agg(
        '{"days":[' || CAST(weekday AS TEXT) || '],"opens":"'
        || CASE WHEN opens_minute < 600 THEN '0' ELSE '' END || CAST(opens_minute / 60 AS TEXT) || ':'
        || CASE WHEN opens_minute % 60 < 10 THEN '0' ELSE '' END || CAST(opens_minute % 60 AS TEXT) || '","closes":"'
        || CASE WHEN closes_minute < 600 THEN '0' ELSE '' END || CAST(closes_minute / 60 AS TEXT) || ':'
        || CASE WHEN closes_minute % 60 < 10 THEN '0' ELSE '' END || CAST(closes_minute % 60 AS TEXT) || '"}', ',')
        || ']}]}'
    FROM opening WHERE opening.facility_id = facility.id)
WHERE EXISTS (SELECT 1 FROM opening WHERE opening.facility_id = facility.id);
DROP TABLE opening;

-- What a booking occupies before and after its time, as the rule was when it was made.
ALTER TABLE booking ADD COLUMN before_quarters BIGINT NOT NULL DEFAULT 0;
ALTER TABLE booking ADD COLUMN after_quarters BIGINT NOT NULL DEFAULT 0;
