use caravan_files::message::FilesRequest;
use caravan_port::act::ActError;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::Failure,
    errors::Explain,
    files::{ExplainFiles, Files, FilesFailure, use_files},
    storage::save_file,
    ui::{Toasts, use_toasts},
};

/// Why no file came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExportFailure {
    #[error("there is nothing to write")]
    Nothing,
    #[error(transparent)]
    Read(#[from] Failure<ActError>),
    #[error(transparent)]
    Write(#[from] FilesFailure),
}

/// What a file is called and what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileKind {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
}

/// Writes one file at a time and says what came of it.
#[derive(Clone, Copy)]
pub(crate) struct Saving {
    pub(crate) busy: RwSignal<bool>,
    files: Files,
    toasts: Toasts,
    explain: Explain,
    explain_files: ExplainFiles,
    saved: Signal<String>,
    not_saved: Signal<String>,
}

/// To be called while a component is being built.
pub(crate) fn use_saving() -> Saving {
    Saving {
        busy: RwSignal::new(false),
        files: use_files(),
        toasts: use_toasts(),
        explain: Explain::new(),
        explain_files: ExplainFiles::new(),
        saved: tr!(export.saved),
        not_saved: tr!(storage.not_saved),
    }
}

impl Saving {
    /// `nothing` is said where `request` finds nothing to write.
    pub(crate) fn run(
        self,
        file: FileKind,
        nothing: Signal<String>,
        request: impl Future<Output = Result<FilesRequest, ExportFailure>> + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let words = [self.saved, self.not_saved, nothing].map(|words| words.get_untracked());
        spawn_local(async move {
            let [saved, not_saved, nothing] = words;
            let written = self.written(request).await;
            self.toasts.say(match written {
                Ok(bytes) if save_file(&file.name, file.kind, &bytes).is_ok() => saved,
                Ok(_) => not_saved,
                Err(ExportFailure::Nothing) => nothing,
                Err(ExportFailure::Read(failure)) => self.explain.act(failure),
                Err(ExportFailure::Write(failure)) => self.explain_files.failure(failure),
            });
            self.busy.try_set(false);
        });
    }

    async fn written(
        self,
        request: impl Future<Output = Result<FilesRequest, ExportFailure>>,
    ) -> Result<Vec<u8>, ExportFailure> {
        Ok(self.files.write(request.await?).await?)
    }
}
