-- Staff give money back for a reason that the booker reads. NULL where a rule says why.

ALTER TABLE refund ADD COLUMN reason_sv TEXT;
ALTER TABLE refund ADD COLUMN reason_fi TEXT;
