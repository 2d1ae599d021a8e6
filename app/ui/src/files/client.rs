//! Requests and their answers, by number. The worker holds the file that was opened last.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Duration};

use caravan_domain::id::PersonId;
use caravan_files::{
    mapping::Mapping,
    message::{Converted, FilesReply, FilesRequest, FromFiles, Opened, ToFiles, read, write},
    row::ImportRow,
    table::FileError,
};
use futures_channel::oneshot;
use leptos::prelude::*;

use crate::engine::{ByteWorker, NotStarted};

const META: &str = "caravan-files";

/// Why a file was not read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FilesFailure {
    #[error(transparent)]
    Refused(#[from] FileError),
    #[error(transparent)]
    NotStarted(#[from] NotStarted),
    /// It died, most likely of a file too large for this device's memory; the open file is closed.
    #[error("the files worker stopped before it answered")]
    Stopped,
}

/// The rows that came before the last reply.
type Answer = (Vec<ImportRow>, FilesReply);

struct Waiting {
    rows: Vec<ImportRow>,
    tell: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct Line {
    worker: Option<ByteWorker>,
    last: u32,
    waiting: BTreeMap<u32, Waiting>,
}

#[derive(Clone, Copy)]
pub(crate) struct Files {
    line: StoredValue<Rc<RefCell<Line>>, LocalStorage>,
    progress: RwSignal<u16>,
}

/// Starts nothing yet.
pub(crate) fn provide() {
    provide_context(Files {
        line: StoredValue::new_local(Rc::default()),
        progress: RwSignal::new(0),
    });
}

pub(crate) fn use_files() -> Files {
    expect_context()
}

impl Files {
    /// Thousandths of the request under way.
    pub(crate) fn progress(self) -> Signal<u16> {
        self.progress.into()
    }

    pub(crate) async fn open(self, bytes: Vec<u8>) -> Result<Opened, FilesFailure> {
        match self.request(FilesRequest::Open(bytes)).await? {
            (_, FilesReply::Opened(opened)) => Ok(opened),
            _ => Err(FileError::Request.into()),
        }
    }

    pub(crate) async fn convert(
        self,
        mapping: Mapping,
        importer: PersonId,
    ) -> Result<(Vec<ImportRow>, Converted), FilesFailure> {
        match self
            .request(FilesRequest::Convert { mapping, importer })
            .await?
        {
            (rows, FilesReply::Converted(converted)) => Ok((rows, converted)),
            _ => Err(FileError::Request.into()),
        }
    }

    /// The bytes of what `request` asks to be written.
    pub(crate) async fn write(self, request: FilesRequest) -> Result<Vec<u8>, FilesFailure> {
        match self.request(request).await? {
            (_, FilesReply::File(bytes)) => Ok(bytes),
            _ => Err(FileError::Request.into()),
        }
    }

    /// Closes the open file and gives the worker's memory back, unless somebody waits for it.
    pub(crate) fn close(self) {
        self.with(|line| {
            if line.waiting.is_empty() {
                line.worker = None;
            }
        });
    }

    async fn request(self, request: FilesRequest) -> Result<Answer, FilesFailure> {
        self.start_once()?;
        let (tell, answer) = oneshot::channel();
        let number = self.with(|line| {
            line.last = line.last.wrapping_add(1);
            line.last
        });
        let bytes = write(&ToFiles { number, request }).map_err(|_| FileError::Request)?;
        let rows = Vec::new();
        self.progress.set(0);
        self.with(|line| {
            line.waiting.insert(number, Waiting { rows, tell });
            if let Some(worker) = &line.worker {
                worker.post(&bytes);
            }
        });
        match answer.await {
            Ok((_, FilesReply::Refused(error))) => Err(error.into()),
            Ok(answer) => Ok(answer),
            Err(_) => Err(FilesFailure::Stopped),
        }
    }

    fn start_once(self) -> Result<(), NotStarted> {
        if self.with(|line| line.worker.is_none()) {
            let worker =
                ByteWorker::spawn(META, move |bytes| self.hear(&bytes), move || self.died())?;
            self.with(|line| line.worker = Some(worker));
        }
        Ok(())
    }

    fn hear(self, bytes: &[u8]) {
        let FromFiles { number, reply } = match read(bytes) {
            Ok(message) => message,
            Err(error) => return leptos::logging::error!("{error}"),
        };
        match reply {
            FilesReply::Progress(done) => self.progress.set(done),
            FilesReply::Rows(rows) => self.with(|line| {
                if let Some(waiting) = line.waiting.get_mut(&number) {
                    waiting.rows.extend(rows);
                }
            }),
            last => {
                if let Some(waiting) = self.with(|line| line.waiting.remove(&number)) {
                    // Who asked may have left the page.
                    let _ = waiting.tell.send((waiting.rows, last));
                }
            }
        }
    }

    fn died(self) {
        let (dead, forgotten) =
            self.with(|line| (line.worker.take(), std::mem::take(&mut line.waiting)));
        drop(forgotten);
        // Dropped there, not here: this runs inside one of its own callbacks.
        set_timeout(move || drop(dead), Duration::ZERO);
    }

    fn with<R>(self, act: impl FnOnce(&mut Line) -> R) -> R {
        self.line.with_value(|line| act(&mut line.borrow_mut()))
    }
}
