use caravan_files::table::{BYTES_MAX, COLUMNS_MAX, FileError, RECORDS_MAX};
use leptos_i18n::td_string;

use super::FilesFailure;
use crate::prefs::{Language, use_language};

const MEGABYTE: usize = 1024 * 1024;

/// Why a file was not read or written, and what to do. Follows the language inside a closure of a view.
#[derive(Clone, Copy)]
pub(crate) struct ExplainFiles(Language);

impl ExplainFiles {
    /// To be called while a component is being built.
    pub(crate) fn new() -> Self {
        Self(use_language())
    }

    pub(crate) fn failure(self, failure: FilesFailure) -> String {
        let language = self.0.get();
        match failure {
            FilesFailure::Refused(error) => self.refused(error),
            FilesFailure::NotStarted(_) => td_string!(language, files.not_started).to_owned(),
            FilesFailure::Stopped => td_string!(language, files.stopped).to_owned(),
        }
    }

    /// The browser could not hand the file over.
    pub(crate) fn not_read(self) -> String {
        td_string!(self.0.get(), files.not_read).to_owned()
    }

    fn refused(self, error: FileError) -> String {
        let language = self.0.get();
        match error {
            FileError::TooLarge => {
                td_string!(language, files.too_large, max = BYTES_MAX / MEGABYTE).to_string()
            }
            FileError::TooManyRecords => {
                td_string!(language, files.too_many_records, max = RECORDS_MAX).to_string()
            }
            FileError::TooManyColumns => {
                td_string!(language, files.too_many_columns, max = COLUMNS_MAX).to_string()
            }
            FileError::Inflates => td_string!(language, files.inflates).to_owned(),
            FileError::Empty => td_string!(language, files.empty).to_owned(),
            FileError::OldOrLocked => td_string!(language, files.old_or_locked).to_owned(),
            FileError::Unknown => td_string!(language, files.unknown).to_owned(),
            FileError::Damaged => td_string!(language, files.damaged).to_owned(),
            FileError::NotOpen => td_string!(language, files.not_open).to_owned(),
            FileError::Unwritable | FileError::Request => {
                td_string!(language, files.unwritable).to_owned()
            }
        }
    }
}
