use caravan_files::table::{BYTES_MAX, COLUMNS_MAX, FileError, RECORDS_MAX};
use leptos_i18n::{I18nContext, t_string};

use super::FilesFailure;
use crate::i18n::{Locale, use_i18n};

const MEGABYTE: usize = 1024 * 1024;

/// Why a file was not read or written, and what to do. Follows the language inside a closure of a view.
#[derive(Clone, Copy)]
pub(crate) struct ExplainFiles(I18nContext<Locale>);

impl ExplainFiles {
    /// To be called while a component is being built.
    pub(crate) fn new() -> Self {
        Self(use_i18n())
    }

    pub(crate) fn failure(self, failure: FilesFailure) -> String {
        let i18n = self.0;
        match failure {
            FilesFailure::Refused(error) => self.refused(error),
            FilesFailure::NotStarted(_) => t_string!(i18n, files.not_started).to_owned(),
            FilesFailure::Stopped => t_string!(i18n, files.stopped).to_owned(),
        }
    }

    /// The browser could not hand the file over.
    pub(crate) fn not_read(self) -> String {
        t_string!(self.0, files.not_read).to_owned()
    }

    fn refused(self, error: FileError) -> String {
        let i18n = self.0;
        match error {
            FileError::TooLarge => {
                t_string!(i18n, files.too_large, max = BYTES_MAX / MEGABYTE).to_string()
            }
            FileError::TooManyRecords => {
                t_string!(i18n, files.too_many_records, max = RECORDS_MAX).to_string()
            }
            FileError::TooManyColumns => {
                t_string!(i18n, files.too_many_columns, max = COLUMNS_MAX).to_string()
            }
            FileError::Inflates => t_string!(i18n, files.inflates).to_owned(),
            FileError::Empty => t_string!(i18n, files.empty).to_owned(),
            FileError::OldOrLocked => t_string!(i18n, files.old_or_locked).to_owned(),
            FileError::Unknown => t_string!(i18n, files.unknown).to_owned(),
            FileError::Damaged => t_string!(i18n, files.damaged).to_owned(),
            FileError::NotOpen => t_string!(i18n, files.not_open).to_owned(),
            FileError::Unwritable | FileError::Request => {
                t_string!(i18n, files.unwritable).to_owned()
            }
        }
    }
}
