-- What a municipality's grant pays of a line of an invoice, and the tax in that: the customer owes the rest. The line's
-- own figures are those of the whole price.

ALTER TABLE invoice_line ADD COLUMN granted_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invoice_line ADD COLUMN granted_vat_minor BIGINT NOT NULL DEFAULT 0;
