//! Errors of an import as CSV, for correcting the file.

use super::csv::write;
use crate::message::ErrorWords;
use crate::row::RowError;
use crate::table::FileError;

/// `header` names the columns.
pub fn errors_csv(
    errors: &[RowError],
    header: &[String],
    words: &ErrorWords,
) -> Result<Vec<u8>, FileError> {
    let heading = [&words.row, &words.column, &words.value, &words.reason].map(Clone::clone);
    let rows = errors.iter().map(|error| {
        let column = error
            .column
            .and_then(|at| header.get(usize::try_from(at).ok()?))
            .cloned()
            .unwrap_or_default();
        let reason = words
            .reasons
            .iter()
            .find(|(known, _)| *known == error.reason);
        let reason = reason.map_or_else(String::new, |(_, word)| word.clone());
        vec![error.row.to_string(), column, error.value.clone(), reason]
    });
    write([heading.to_vec()].into_iter().chain(rows))
}
