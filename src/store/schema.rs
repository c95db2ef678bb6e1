//! The tables. Plain enough for an administrator at 3 am.

/// Marks the file as vigie's: "vigi" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x7669_6769;

/// The version of the tables below.
pub(super) const VERSION: i32 = 1;

/// What came to the tables since, and is added to a store that lacks it. A vigie that does not know it can do without.
pub(super) const ADDED: &str = "
-- Subjects that joined an open alert which stands for many, as versions before kept them.
CREATE TABLE IF NOT EXISTS joined (
    realm TEXT NOT NULL, grouping TEXT NOT NULL, alert INTEGER NOT NULL,
    PRIMARY KEY (realm, grouping)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS joined_alert ON joined (alert);
CREATE INDEX IF NOT EXISTS page_spooled ON page (state) WHERE state = 'spooled';

-- What an alert is made of: one rule and what it matched about, counted, each.
CREATE TABLE IF NOT EXISTS detection (
    alert INTEGER NOT NULL, number INTEGER NOT NULL, grouping TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (alert, number)
) STRICT, WITHOUT ROWID;

-- What is remembered by a name, such as the day of the last digest.
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What must be declared because of an alert.
CREATE TABLE IF NOT EXISTS duty (
    alert INTEGER NOT NULL, duty TEXT NOT NULL, over INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (alert, duty)
) STRICT, WITHOUT ROWID;

-- What people are not told of for a while.
CREATE TABLE IF NOT EXISTS silence (id INTEGER PRIMARY KEY, over INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

-- What stands for the body of an entry of the ledger that was erased, so that the ledger still verifies.
CREATE TABLE IF NOT EXISTS erased (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
-- From which entry on they are sealed with the site's key.
CREATE INDEX IF NOT EXISTS ledger_keyed ON ledger (id) WHERE kind = 'ledger.keyed';
";

/// Creates everything else.
pub(super) const TABLES: &str = "
CREATE TABLE position (
    source TEXT NOT NULL, file TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (source, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE window (key TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY, realm TEXT NOT NULL, rule TEXT, grouping TEXT NOT NULL,
    open INTEGER NOT NULL, body TEXT NOT NULL, climb TEXT, changed TEXT NOT NULL
) STRICT;
CREATE INDEX alert_open ON alert (open) WHERE open = 1;

CREATE TABLE page (
    id INTEGER PRIMARY KEY, realm TEXT NOT NULL, alert INTEGER, key TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    due TEXT NOT NULL, letter TEXT NOT NULL, receipt TEXT, created TEXT NOT NULL
) STRICT;
CREATE INDEX page_waiting ON page (state) WHERE state IN ('owed', 'sending');

CREATE TABLE drill (
    id INTEGER PRIMARY KEY, playbook TEXT NOT NULL, ended INTEGER NOT NULL, state TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;

CREATE TABLE ledger (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, realm TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;

-- The number and seal of the last entry, so that entries cut off the end are missed.
CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), id INTEGER NOT NULL, seal TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
";

/// All that makes a new store.
pub(super) fn made() -> String {
    format!(
        "BEGIN; {TABLES} {ADDED} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )
}
