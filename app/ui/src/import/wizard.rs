//! Where an import stands. Kept above the pages: leaving `/import` interrupts nothing and forgets nothing.

use std::{collections::BTreeMap, future::Future};

use caravan_domain::{id::BatchId, people::query::Me};
use caravan_files::{
    mapping::Mapping,
    message::Opened,
    table::{BYTES_MAX, FileError},
};
use leptos::{prelude::*, task::spawn_local, web_sys};
use wasm_bindgen_futures::JsFuture;

use super::{
    checked::{Checked, Choice},
    failure::ImportFailure,
    run::Outcome,
};
use crate::{
    engine::{Engine, use_engine},
    files::{Files, FilesFailure, use_files},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Choose,
    Reading,
    Columns,
    Converting,
    Comparing,
    Preview,
    Importing,
    Done,
}

#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub(super) step: RwSignal<Step>,
    pub(super) failure: RwSignal<Option<ImportFailure>>,
    pub(super) file_name: RwSignal<String>,
    pub(super) opened: RwSignal<Option<Opened>>,
    pub(super) mapping: RwSignal<Mapping>,
    pub(super) checked: RwSignal<Checked>,
    /// By the row's number; a possible duplicate without a choice is undecided.
    pub(super) choices: RwSignal<BTreeMap<u32, Choice>>,
    /// Rows dealt with, of how many, while comparing and importing.
    pub(super) rows_done: RwSignal<(usize, usize)>,
    pub(super) batch: RwSignal<Option<BatchId>>,
    pub(super) outcome: RwSignal<Outcome>,
    pub(super) me: Memo<Option<Box<Me>>>,
    pub(super) engine: Engine,
    pub(super) files: Files,
}

pub(crate) fn provide() {
    provide_context(Wizard {
        step: RwSignal::new(Step::Choose),
        failure: RwSignal::new(None),
        file_name: RwSignal::new(String::new()),
        opened: RwSignal::new(None),
        mapping: RwSignal::new(no_columns()),
        checked: RwSignal::new(Checked::default()),
        choices: RwSignal::new(BTreeMap::new()),
        rows_done: RwSignal::new((0, 0)),
        batch: RwSignal::new(None),
        outcome: RwSignal::new(Outcome::default()),
        me: use_engine().me(),
        engine: use_engine(),
        files: use_files(),
    });
}

pub(super) fn use_wizard() -> Wizard {
    expect_context()
}

fn no_columns() -> Mapping {
    Mapping {
        columns: Vec::new(),
        tag_separators: String::new(),
    }
}

impl Wizard {
    pub(super) fn open(self, file: web_sys::File) {
        self.file_name.set(file.name());
        self.work(Step::Reading, Step::Choose, async move {
            let opened = self.files.open(read(&file).await?).await?;
            self.mapping.set(opened.mapping.clone());
            self.opened.set(Some(opened));
            Ok(Step::Columns)
        });
    }

    /// Forgets the file. What was imported stays.
    pub(super) fn start_over(self) {
        self.files.close();
        self.failure.set(None);
        self.opened.set(None);
        self.checked.set(Checked::default());
        self.choices.update(BTreeMap::clear);
        self.batch.set(None);
        self.outcome.set(Outcome::default());
        self.step.set(Step::Choose);
    }

    /// A stretch of work under `step`: on to the step it leads to, or to `back` with the reason.
    pub(super) fn work(
        self,
        step: Step,
        back: Step,
        work: impl Future<Output = Result<Step, ImportFailure>> + 'static,
    ) {
        self.failure.set(None);
        self.step.set(step);
        spawn_local(async move {
            match work.await {
                Ok(next) => self.step.set(next),
                Err(failure) => {
                    self.failure.set(Some(failure));
                    self.step.set(back);
                }
            }
        });
    }
}

async fn read(file: &web_sys::File) -> Result<Vec<u8>, ImportFailure> {
    if file.size() > BYTES_MAX as f64 {
        return Err(FilesFailure::from(FileError::TooLarge).into());
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| ImportFailure::NotRead)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}
