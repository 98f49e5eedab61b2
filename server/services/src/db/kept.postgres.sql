-- What is only ever added to: PostgreSQL's way to say it. Servers that start at once wait for each other.
DO $guard$
BEGIN
    PERFORM pg_advisory_xact_lock(4711);
    IF (SELECT COUNT(*) FROM pg_trigger
        WHERE tgname LIKE '%\_kept' AND tgrelid IN ('ledger_transaction'::regclass, 'posting'::regclass, 'fixing'::regclass)) = 7 THEN
        RETURN;
    END IF;

    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $body$;
    CREATE OR REPLACE TRIGGER rows_kept BEFORE UPDATE OR DELETE ON ledger_transaction
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE OR REPLACE TRIGGER rows_kept BEFORE UPDATE OR DELETE ON posting
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE OR REPLACE TRIGGER rows_kept BEFORE UPDATE OR DELETE ON fixing
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE OR REPLACE TRIGGER table_kept BEFORE TRUNCATE ON ledger_transaction
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE OR REPLACE TRIGGER table_kept BEFORE TRUNCATE ON posting
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE OR REPLACE TRIGGER table_kept BEFORE TRUNCATE ON fixing
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- A transaction has as many postings as it began with.
    CREATE OR REPLACE FUNCTION refuse_more_lines() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.line < 1 OR NEW.line > (SELECT lines FROM ledger_transaction WHERE id = NEW.transaction_id) THEN
            RAISE EXCEPTION 'posting is only added to' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $body$;
    CREATE OR REPLACE TRIGGER lines_kept BEFORE INSERT ON posting
        FOR EACH ROW EXECUTE FUNCTION refuse_more_lines();
END $guard$;
