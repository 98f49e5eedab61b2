-- What is only ever added to: SQLite's way to say it.

CREATE TRIGGER IF NOT EXISTS ledger_transaction_update BEFORE UPDATE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;
CREATE TRIGGER IF NOT EXISTS ledger_transaction_delete BEFORE DELETE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;
-- INSERT OR REPLACE takes a row away unseen by the triggers of a delete.
CREATE TRIGGER IF NOT EXISTS ledger_transaction_insert BEFORE INSERT ON ledger_transaction
WHEN EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM ledger_transaction WHERE source = NEW.source)
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;

CREATE TRIGGER IF NOT EXISTS posting_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;
CREATE TRIGGER IF NOT EXISTS posting_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;
-- A transaction has as many postings as it began with.
CREATE TRIGGER IF NOT EXISTS posting_insert BEFORE INSERT ON posting
WHEN NEW.line < 1
    OR NEW.line > COALESCE((SELECT lines FROM ledger_transaction WHERE id = NEW.transaction_id), NEW.line)
    OR EXISTS (SELECT 1 FROM posting WHERE transaction_id = NEW.transaction_id AND line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'the books are only added to'); END;

CREATE TRIGGER IF NOT EXISTS fixing_update BEFORE UPDATE ON fixing
BEGIN SELECT RAISE(ABORT, 'rates are only added to'); END;
CREATE TRIGGER IF NOT EXISTS fixing_insert BEFORE INSERT ON fixing
WHEN EXISTS (SELECT 1 FROM fixing WHERE currency = NEW.currency AND fixing_date = NEW.fixing_date
                                    AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'rates are only added to'); END;
CREATE TRIGGER IF NOT EXISTS fixing_delete BEFORE DELETE ON fixing
BEGIN SELECT RAISE(ABORT, 'rates are only added to'); END;
