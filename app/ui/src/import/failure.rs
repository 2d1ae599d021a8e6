use caravan_port::{act::ActError, message::RunError};

use crate::{
    engine::Failure,
    errors::Explain,
    files::{ExplainFiles, FilesFailure},
    random::NoRandomness,
};

/// Why an import stopped where it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum ImportFailure {
    #[error("the browser cannot read the file")]
    NotRead,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    File(#[from] FilesFailure),
    #[error(transparent)]
    Compare(#[from] Failure<ActError>),
    #[error(transparent)]
    Write(#[from] Failure<RunError>),
}

impl ImportFailure {
    pub(super) fn words(self, explain: Explain, files: ExplainFiles) -> String {
        match self {
            Self::NotRead => files.not_read(),
            Self::NoRandomness(_) => explain.run(Failure::Interrupted),
            Self::File(failure) => files.failure(failure),
            Self::Compare(failure) => explain.act(failure),
            Self::Write(failure) => explain.run(failure),
        }
    }
}
