-- Value added tax by country, class of premises, seller and use, from a day on. Rows are added, never changed.

-- sports, culture, harbour or general; a space's own stands before its facility's.
ALTER TABLE facility ADD COLUMN vat_class TEXT NOT NULL DEFAULT 'sports';
ALTER TABLE space ADD COLUMN vat_class TEXT;
UPDATE facility SET vat_class = kind WHERE kind IN ('culture', 'harbour');
-- municipality or other.
ALTER TABLE facility ADD COLUMN seller TEXT NOT NULL DEFAULT 'municipality';

CREATE TABLE vat_rate (
    country TEXT NOT NULL,
    class TEXT NOT NULL,
    seller TEXT NOT NULL,
    use_of TEXT NOT NULL,
    valid_from DATE NOT NULL,
    -- 'exempt' or a percentage as decimal text.
    rate TEXT NOT NULL,
    -- Where it stands written.
    source TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT vat_rate_pk PRIMARY KEY (country, class, seller, use_of, valid_from)
);

-- What was known before: of sports premises, and of all others as of anything that isn't sport.
INSERT INTO vat_rate (country, class, seller, use_of, valid_from, rate, source, created_at)
SELECT country, class.code, seller.code, use_of, valid_from,
    CASE WHEN country = 'SE' AND seller.code = 'other' AND use_of = 'sport' THEN '6' ELSE rate END,
    '', '1970-01-01 00:00:00+00:00'
FROM vat_rule CROSS JOIN (SELECT 'sports' AS code) AS class
CROSS JOIN (SELECT 'municipality' AS code UNION ALL SELECT 'other') AS seller;
INSERT INTO vat_rate (country, class, seller, use_of, valid_from, rate, source, created_at)
SELECT country, class.code, seller.code, uses.code, valid_from,
    CASE WHEN country = 'SE' AND class.code = 'harbour' THEN '25' ELSE rate END, '', '1970-01-01 00:00:00+00:00'
FROM vat_rule JOIN (SELECT 'sport' AS code, 'event' AS as_of UNION ALL SELECT 'event', 'event'
                    UNION ALL SELECT 'teaching', 'teaching') AS uses ON uses.as_of = vat_rule.use_of
CROSS JOIN (SELECT 'culture' AS code UNION ALL SELECT 'harbour' UNION ALL SELECT 'general') AS class
CROSS JOIN (SELECT 'municipality' AS code UNION ALL SELECT 'other') AS seller;
DROP TABLE vat_rule;
