-- What cancelling costs is a rule in steps: JSON among the facility's rules, and as it was with each booking. The
-- one rule that there was, free until so many hours before and a share after that, is one of one step.

UPDATE facility SET rules = '{"cancelling":[{"steps":[{"until":{"hours":' || CAST(cancel_free_hours AS TEXT)
    || '},"back":{"percent":100}}],"then":{"percent":' || CAST(cancel_late_percent AS TEXT) || '}}]'
    || CASE WHEN rules = '{}' THEN '}' ELSE ',' || SUBSTR(rules, 2) END;
ALTER TABLE facility DROP COLUMN cancel_free_hours;
ALTER TABLE facility DROP COLUMN cancel_late_percent;

ALTER TABLE booking ADD COLUMN cancel_rule TEXT NOT NULL DEFAULT '{"steps":[],"then":{"percent":100}}';
UPDATE booking SET cancel_rule = '{"steps":[{"until":{"hours":' || CAST(cancel_free_hours AS TEXT)
    || '},"back":{"percent":100}}],"then":{"percent":' || CAST(cancel_late_percent AS TEXT) || '}}';
ALTER TABLE booking DROP COLUMN cancel_free_hours;
ALTER TABLE booking DROP COLUMN cancel_late_percent;

-- On a customer's account: how much of the price cancelling has given back. The rest is charged.
ALTER TABLE booking ADD COLUMN given_back_minor BIGINT NOT NULL DEFAULT 0;
UPDATE booking SET given_back_minor = total_minor - (total_minor * charged_percent + 50) / 100
WHERE charged_percent <> 100;
ALTER TABLE booking DROP COLUMN charged_percent;

-- The whole price of what a line is for: more than the line where it was cancelled and some was given back.
ALTER TABLE invoice_line ADD COLUMN price_minor BIGINT NOT NULL DEFAULT 0;
UPDATE invoice_line SET price_minor = CASE WHEN percent = 100 THEN gross_minor
    ELSE (SELECT total_minor FROM booking WHERE booking.id = invoice_line.booking_id) END;
ALTER TABLE invoice_line DROP COLUMN percent;
