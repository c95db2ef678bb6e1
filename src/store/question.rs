//! One question in SQL, put to what is kept by somebody who wants to know more than the other commands tell. It reads one
//! moment of the file, changes nothing, ends in time, and is given no secret and no patient.
//!
//! Whoever asks never names a table of the file itself: the file is attached under a name that nobody knows, and each of
//! its tables is shown as a view whose texts have passed redaction. So what a question makes of a value (`substr`, `hex`)
//! it makes of what may be shown.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, Row};
use serde_json::Value as Json;

use super::error::StoreError;
use super::file::Store;
use crate::base::redact::redact;

/// How long a question may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for another program that holds the file.
const BUSY: Duration = Duration::from_secs(5);
/// The longest value that a question may put together, in bytes.
const LONGEST_VALUE: i32 = 16 * 1024 * 1024;
/// How much is answered at most, in bytes: the rest is left out, and that is said.
const MOST: usize = 4 * 1024 * 1024;

/// How statements begin that do something.
const ORDERS: [&str; 19] = [
    "INSERT",
    "UPDATE",
    "DELETE",
    "REPLACE",
    "CREATE",
    "ALTER",
    "DROP",
    "PRAGMA",
    "ATTACH",
    "DETACH",
    "VACUUM",
    "BEGIN",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "ANALYZE",
    "REINDEX",
];

/// What a question found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What the columns are called.
    pub(crate) columns: Vec<String>,
    /// The rows, in their order.
    pub(crate) rows: Vec<Vec<Json>>,
    /// Whether there are more.
    pub(crate) more: bool,
}

/// Why a question is not answered.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// It asks nothing.
    Nothing,
    /// There are several.
    Several,
    /// It would change something, or look where nothing is to be seen.
    Changes,
    /// It takes too long.
    TooLong,
    /// There is no such table; these there are.
    NoTable(String, Vec<String>),
    /// SQLite does not understand it, and says why.
    Mistaken(String),
    /// The store cannot be read.
    Store(StoreError),
}

impl From<StoreError> for Unanswered {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Answers one question, with so many rows at most.
    pub(crate) fn question(&self, sql: &str, most: usize) -> Result<Found, Unanswered> {
        if is_order(sql) {
            return Err(Unanswered::Changes);
        }
        let path = self.connection.path().filter(|path| !path.is_empty()).ok_or(StoreError::Nowhere)?;
        let (connection, tables) = shown(Path::new(path))?;
        let _hourglass = Hourglass::turn(&connection);
        answer(&connection, sql, most).map_err(|error| why(error, tables))
    }
}

/// Ends a question whose time is over. It is over with the question itself.
struct Hourglass {
    /// Nothing is ever sent: that it is gone is the news.
    _running: Sender<()>,
}

impl Hourglass {
    fn turn(connection: &Connection) -> Self {
        let (running, ended) = channel();
        let question = connection.get_interrupt_handle();
        std::thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                question.interrupt();
            }
        });
        Self { _running: running }
    }
}

/// Whether a statement begins as one that does something. What hides better is refused where it is understood.
fn is_order(sql: &str) -> bool {
    let word = sql.trim_start().split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
    ORDERS.iter().any(|order| word.eq_ignore_ascii_case(order))
}

/// A connection on which the tables of the file at `path` can be seen as they may be shown, and what they are called.
fn shown(path: &Path) -> Result<(Connection, Vec<String>), Error> {
    let mut connection = Connection::open_in_memory()?;
    connection.busy_timeout(BUSY)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("shown", 1, pure, clean)?;
    let hidden: String = connection.query_row("SELECT 'kept_' || lower(hex(randomblob(16)))", [], |row| row.get(0))?;
    connection.execute(&format!("ATTACH ?1 AS {hidden}"), [address(path)])?;
    let tables = tables(&connection, &hidden)?;
    for table in &tables {
        connection.execute_batch(&view(&connection, &hidden, table)?)?;
    }
    connection.pragma_update(None, "query_only", true)?;
    connection.authorizer(Some(move |asked: AuthContext<'_>| allowed(&asked, &hidden)))?;
    Ok((connection, tables))
}

/// The address of a file that is only to be read.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?mode=ro")
}

fn tables(connection: &Connection, hidden: &str) -> Result<Vec<String>, Error> {
    let names = format!("SELECT name FROM {hidden}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let mut select = connection.prepare(&format!("{names} ORDER BY name"))?;
    select.query_map([], |row| row.get(0))?.collect()
}

/// A table with its texts as they may be shown.
fn view(connection: &Connection, hidden: &str, table: &str) -> Result<String, Error> {
    let mut select = connection.prepare("SELECT name, type FROM pragma_table_info(?1, ?2) ORDER BY cid")?;
    let columns = select.query_map([table, hidden], |row| {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(if kind == "INTEGER" { format!("\"{name}\"") } else { format!("shown(\"{name}\") AS \"{name}\"") })
    })?;
    let columns = columns.collect::<Result<Vec<_>, _>>()?.join(", ");
    Ok(format!("CREATE TEMP VIEW \"{table}\" AS SELECT {columns} FROM {hidden}.\"{table}\""))
}

/// A value as it may be shown.
fn clean(asked: &mut Context<'_>) -> Result<Value, Error> {
    Ok(match asked.get_raw(0) {
        ValueRef::Text(text) => Value::Text(redacted(text)),
        _ => asked.get(0)?,
    })
}

/// What a question may do: read the views, and reckon.
fn allowed(asked: &AuthContext<'_>, hidden: &str) -> Authorization {
    let allowed = match asked.action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        // Rows alone are counted without a column of theirs, behind the back of their view.
        AuthAction::Read { column_name, .. } if asked.database_name == Some(hidden) => {
            asked.accessor.is_some() || column_name.is_empty()
        }
        AuthAction::Read { table_name, .. } => {
            !table_name.starts_with("sqlite_") || ["sqlite_master", "sqlite_schema"].contains(&table_name)
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

fn answer(connection: &Connection, sql: &str, most: usize) -> Result<Found, Error> {
    let mut question = connection.prepare(sql)?;
    // What gives no columns does something instead.
    if question.column_count() == 0 || !question.readonly() {
        return Err(Error::InvalidQuery);
    }
    let columns: Vec<String> = question.column_names().map(|name| redact(name).into_owned()).collect();
    let mut found = Found { columns, ..Found::default() };
    let mut left = MOST;
    let mut rows = question.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<Json> =
            (0..found.columns.len()).map(|at| shown_at_last(row, at)).collect::<Result<_, Error>>()?;
        let size: usize = values.iter().map(size).sum();
        if found.rows.len() == most || size > left {
            found.more = true;
            break;
        }
        left -= size;
        found.rows.push(values);
    }
    Ok(found)
}

/// A value on its way out: also what the question wrote itself, or put together, is shown as everything else is.
fn shown_at_last(row: &Row<'_>, at: usize) -> Result<Json, Error> {
    Ok(match row.get_ref(at)? {
        ValueRef::Text(text) => redacted(text).into(),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")).into(),
        ValueRef::Null => Json::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
    })
}

fn redacted(text: &[u8]) -> String {
    redact(&String::from_utf8_lossy(text)).into_owned()
}

fn size(value: &Json) -> usize {
    value.as_str().map_or(size_of::<i64>(), str::len)
}

fn why(error: Error, tables: Vec<String>) -> Unanswered {
    let (code, said) = match &error {
        Error::Empty => return Unanswered::Nothing,
        Error::MultipleStatement => return Unanswered::Several,
        Error::InvalidQuery => return Unanswered::Changes,
        Error::SqlInputError { error, msg, .. } | Error::SqliteFailure(error, Some(msg)) => {
            (Some(error.code), msg.clone())
        }
        other => (other.sqlite_error_code(), other.to_string()),
    };
    match code {
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => Unanswered::Changes,
        Some(ErrorCode::OperationInterrupted) => Unanswered::TooLong,
        Some(ErrorCode::Unknown | ErrorCode::TooBig | ErrorCode::TypeMismatch) => {
            match said.strip_prefix("no such table: ") {
                Some(table) => Unanswered::NoTable(table.to_owned(), tables),
                // What is asked is a view, which is nobody's concern.
                None if said.starts_with("cannot modify ") => Unanswered::Changes,
                None => Unanswered::Mistaken(said),
            }
        }
        _ => Unanswered::from(error),
    }
}

#[cfg(test)]
mod tests;
