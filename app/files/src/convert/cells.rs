//! The cells of one record, by field.

use crate::field::Field;
use crate::mapping::Mapping;
use crate::table::Record;

pub(super) struct Cells<'a> {
    record: &'a Record,
    mapping: &'a Mapping,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(record: &'a Record, mapping: &'a Mapping) -> Self {
        Self { record, mapping }
    }

    /// Column and trimmed text of every filled cell of a field.
    pub(super) fn filled(&self, field: Field) -> impl Iterator<Item = (u32, &'a str)> {
        self.record
            .cells
            .iter()
            .zip(&self.mapping.columns)
            .zip(0u32..)
            .filter(move |((_, mapped), _)| **mapped == Some(field))
            .map(|((cell, _), column)| (column, cell.trim()))
            .filter(|(_, cell)| !cell.is_empty())
    }

    pub(super) fn first(&self, field: Field) -> Option<(u32, &'a str)> {
        self.filled(field).next()
    }

    pub(super) fn text(&self, field: Field) -> String {
        self.first(field)
            .map_or_else(String::new, |(_, cell)| cell.to_owned())
    }

    /// All filled cells of a field, parted by `separator`.
    pub(super) fn joined(&self, field: Field, separator: &str) -> String {
        let filled: Vec<_> = self.filled(field).map(|(_, cell)| cell).collect();
        filled.join(separator)
    }

    /// The first column mapped to a field.
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        let at = self
            .mapping
            .columns
            .iter()
            .position(|it| *it == Some(field))?;
        u32::try_from(at).ok()
    }
}
