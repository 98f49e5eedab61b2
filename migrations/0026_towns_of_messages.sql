-- A message that concerns a payment or an invoice is its town's, and staff of that town see it. NULL where it is a
-- facility's, or no town's; and on what is older than this.

ALTER TABLE outbox ADD COLUMN municipality TEXT CONSTRAINT outbox_municipality REFERENCES municipality (code);
