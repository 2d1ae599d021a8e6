//! One bit of the Merkle log, or of what it covers, is another one.

use std::fmt;

use anyhow::{Context, Result, ensure};
use caravan_relay::audit::{Question, examine};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::relay::RelayProgram;
use super::written::written;
use crate::dice::Dice;

/// Flips between two looks at whether everything is as it was.
const FLIPS_PER_LOOK: usize = 1000;

/// What the log covers, and its own tables: name, primary key, all columns.
const TABLES: [(&str, &[&str], &[&str]); 10] = [
    (
        "log",
        &["workspace", "seq"],
        &[
            "workspace",
            "seq",
            "document",
            "hash",
            "device",
            "device_seq",
            "received_at",
            "refusal",
            "envelope",
        ],
    ),
    (
        "leaves",
        &["workspace", "number"],
        &["workspace", "number", "kind", "key", "content"],
    ),
    (
        "checkpoints",
        &["workspace", "size"],
        &["workspace", "size", "bytes"],
    ),
    (
        "workspaces",
        &["id"],
        &["id", "workspace", "epoch", "head", "checkpoint", "edge"],
    ),
    (
        "facts",
        &["workspace", "key"],
        &["workspace", "key", "value", "seq"],
    ),
    (
        "visibility",
        &["workspace", "person", "document"],
        &["workspace", "person", "document", "gained", "seq"],
    ),
    (
        "device_keys",
        &["workspace", "device"],
        &["workspace", "device", "key"],
    ),
    (
        "snapshots",
        &["workspace", "document"],
        &["workspace", "document", "upto", "bytes"],
    ),
    (
        "credentials",
        &["workspace", "person"],
        &["workspace", "person", "password"],
    ),
    // The key that the checkpoints are signed with.
    (
        "(SELECT * FROM secrets WHERE name = 'audit')",
        &["name"],
        &["value"],
    ),
];

/// What it came to; every flip was found, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flips {
    pub flips: usize,
    pub found: usize,
    /// Of the database they were done in.
    pub entries: u64,
    pub leaves: u64,
}

impl fmt::Display for Flips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            flips,
            found,
            entries,
            leaves,
        } = self;
        write!(
            f,
            "{flips} one-bit edits in any column of any row that the log covers or consists of ({entries} entries, \
             {leaves} leaves), {found} found"
        )
    }
}

/// # Errors
/// The first flip that was not found.
pub async fn flips(program: &RelayProgram, seed: u64, flips: usize) -> Result<Flips> {
    let data = tempfile::tempdir()?;
    let dice = Dice::new(seed);
    let database = written(program, data.path(), &dice).await?;
    let mut connection = Connection::open_in_memory()?;
    connection.restore("main", &database, None::<fn(rusqlite::backup::Progress)>)?;
    connection.pragma_update(None, "ignore_check_constraints", true)?;
    connection.pragma_update(None, "foreign_keys", false)?;
    let mut came_to = Flips::default();
    look(&connection, &mut came_to)?;
    while came_to.flips < flips {
        let Some(cell) = Cell::any(&connection, &dice)? else {
            continue;
        };
        let flipped = cell.flipped(&dice);
        if !cell.put(&connection, &flipped)? {
            continue;
        }
        came_to.flips += 1;
        let found = examine(&connection, &Question::default());
        let found = found.map_or(true, |report| !report.findings.is_empty());
        ensure!(
            found,
            "a bit of {}.{} was not missed",
            cell.table,
            cell.column
        );
        came_to.found += 1;
        ensure!(
            cell.put_back(&connection, flipped)?,
            "a bit did not go back"
        );
        if came_to.flips.is_multiple_of(FLIPS_PER_LOOK) {
            look(&connection, &mut came_to)?;
        }
    }
    look(&connection, &mut came_to)?;
    Ok(came_to)
}

/// Everything is whole.
fn look(connection: &Connection, came_to: &mut Flips) -> Result<()> {
    let report = examine(connection, &Question::default())?;
    if let Some(finding) = report.findings.first() {
        anyhow::bail!("found without a flip: {finding}");
    }
    let examined = report.workspaces.first().context("there is a workspace")?;
    came_to.entries = examined.entries;
    came_to.leaves = examined.newest.as_ref().map_or(0, |newest| newest.size);
    ensure!(
        examined.snapshots > 0,
        "there is no snapshot to flip a bit of"
    );
    ensure!(examined.refused > 0, "there is no refusal to flip a bit of");
    Ok(())
}

/// One value of one row.
struct Cell {
    table: &'static str,
    keys: &'static [&'static str],
    column: &'static str,
    key: Vec<Value>,
    value: Value,
}

impl Cell {
    /// Every column is as likely as the next. `None` for one that is empty there.
    fn any(connection: &Connection, dice: &Dice) -> Result<Option<Self>> {
        let columns = TABLES.iter().flat_map(|(table, keys, columns)| {
            columns.iter().map(move |column| (*table, *keys, *column))
        });
        let columns: Vec<_> = columns.collect();
        let (table, keys, column) = dice.any(&columns);
        let sql = format!("SELECT count(*) FROM {table} WHERE length({column}) > 0");
        let count: u32 = connection
            .prepare_cached(&sql)?
            .query_row([], |row| row.get(0))?;
        let sql = format!(
            "SELECT {}, {column} FROM {table} WHERE length({column}) > 0 LIMIT 1 OFFSET ?1",
            keys.join(", ")
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let place = dice.below(usize::try_from(count)?) as u64;
        let row = statement.query_row([place.cast_signed()], |row| {
            let key = (0..keys.len()).map(|place| row.get(place));
            Ok((key.collect::<Result<_, _>>()?, row.get(keys.len())?))
        });
        Ok(row.optional()?.map(|(key, value)| Self {
            table,
            keys,
            column,
            key,
            value,
        }))
    }

    fn flipped(&self, dice: &Dice) -> Value {
        let flip = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let bit = dice.below(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        match &self.value {
            Value::Integer(value) => Value::Integer(value ^ (1 << dice.below(64))),
            Value::Blob(bytes) => Value::Blob(flip(bytes)),
            // As bytes: one bit less may be no text any more.
            Value::Text(text) => Value::Blob(flip(text.as_bytes())),
            other => other.clone(),
        }
    }

    /// Whether it could be put: another row may have such a key already.
    fn put(&self, connection: &Connection, value: &Value) -> Result<bool> {
        let keys = self.keys.iter().enumerate();
        let keys = keys.map(|(place, key)| format!("{key} = ?{}", place + 2));
        let keys = keys.collect::<Vec<_>>().join(" AND ");
        let value_as = match self.value {
            Value::Text(_) => "CAST(?1 AS TEXT)",
            _ => "?1",
        };
        // Only the name of a table can be written to.
        let table = self.table.split_whitespace().nth(3).unwrap_or(self.table);
        let sql = format!(
            "UPDATE {table} SET {} = {value_as} WHERE {keys}",
            self.column
        );
        let values = [value].into_iter().chain(&self.key);
        match connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))
        {
            Ok(changed) => {
                ensure!(changed == 1, "{changed} rows for one key");
                Ok(true)
            }
            Err(error) if is_taken(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn put_back(mut self, connection: &Connection, flipped: Value) -> Result<bool> {
        if let Some(place) = self.keys.iter().position(|key| *key == self.column) {
            self.key[place] = flipped;
        }
        let value = match &self.value {
            Value::Text(text) => Value::Blob(text.clone().into_bytes()),
            other => other.clone(),
        };
        self.put(connection, &value)
    }
}

fn is_taken(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}
