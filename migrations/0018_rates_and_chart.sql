-- Rates that are fetched, figures that are corrected, and the towns' own numbers of the accounts.

-- A corrected figure stands beside the first; the last one laid in holds, also where it is the first once more.
CREATE TABLE fixing_before AS SELECT * FROM fixing;
DROP TABLE fixing;
CREATE TABLE fixing (
    currency TEXT NOT NULL,
    fixing_date DATE NOT NULL,
    -- 1 for the first figure of a day, and one more for each that differs from the one before.
    version BIGINT NOT NULL CONSTRAINT fixing_first CHECK (version > 0),
    per_euro TEXT NOT NULL,
    source TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT fixing_pk PRIMARY KEY (currency, fixing_date, version)
);
INSERT INTO fixing (currency, fixing_date, version, per_euro, source, file_hash, imported_at)
SELECT currency, fixing_date,
    ROW_NUMBER() OVER (PARTITION BY currency, fixing_date ORDER BY imported_at, per_euro),
    per_euro, source, file_hash, imported_at
FROM fixing_before;
DROP TABLE fixing_before;

-- What is known of the central bank's files, so that one server at a time asks, and only for what is new.
CREATE TABLE rate_fetch (
    file TEXT NOT NULL CONSTRAINT rate_fetch_pk PRIMARY KEY,
    -- Of the copy that was taken in last.
    etag TEXT,
    last_modified TEXT,
    next_try_at TIMESTAMPTZ NOT NULL,
    -- Tries since the last that brought what was waited for.
    failures BIGINT NOT NULL
);

-- Which account of a town's own chart stands for one of ours, from a date on.
CREATE TABLE chart_account (
    municipality TEXT NOT NULL CONSTRAINT chart_account_municipality REFERENCES municipality (code),
    account TEXT NOT NULL,
    valid_from DATE NOT NULL,
    number TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    -- JSON: counterparty, cost centre, VAT code: what the town's accounting wants besides.
    dimensions TEXT NOT NULL,
    CONSTRAINT chart_account_pk PRIMARY KEY (municipality, account, valid_from)
);
