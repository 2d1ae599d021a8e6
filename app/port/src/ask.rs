//! What the interface can watch.

use caravan_domain::agreements::view::{AgreementFile, SignedSheet};
use caravan_domain::clients::file::ClientFile;
use caravan_domain::clients::list::ClientList;
use caravan_domain::conflict::{Conflict, Contestable};
use caravan_domain::id::{AgreementId, ClientId, CourseId, PersonId, VisitId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::training::view::CourseFile;
use caravan_domain::visits::list::VisitFile;
use serde::{Deserialize, Serialize};

use crate::view::{
    ImportedBatch, LockView, RefusedWords, Session, StorageView, SyncLine, SyncView, UndoLine,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    Rows(Query),
    Client(ClientId),
    Visit(ClientId, VisitId),
    Course(CourseId),
    Session,
    /// The chip on every page.
    SyncLine,
    Sync,
    Storage,
    /// What was typed into a form and not yet saved; the key is the form's.
    Draft(String),
    /// This device's last commands that can be undone, the latest first.
    Undo,
    Imports,
    Lock,
    /// What stands in something that was refused, by its [`crate::view::AttentionLine::sequence`].
    Refused(u64),
    /// Whether a client was erased for good.
    Erased(ClientId),
    Agreement(AgreementId),
    /// What somebody has signed, with both signatures.
    SignedSheet(AgreementId, PersonId),
    /// What two people wrote into one field of a record, as far as the asker can settle it.
    Conflicts(Contestable),
}

impl Ask {
    /// What the first screens ask, Today and the list of clients. Their last answers are shown before the rows are read.
    #[must_use]
    pub fn first() -> [Self; 2] {
        [
            Self::Rows(Query::Today),
            Self::Rows(Query::Clients(ClientList::first_page())),
        ]
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Told {
    Rows(Answer),
    /// `None` when it is not on this device.
    Client(Option<Box<ClientFile>>),
    Visit(Option<Box<VisitFile>>),
    Course(Option<Box<CourseFile>>),
    Session(Session),
    SyncLine(SyncLine),
    Sync(SyncView),
    Storage(StorageView),
    Draft(#[serde(with = "serde_bytes")] Option<Vec<u8>>),
    Undo(Vec<UndoLine>),
    Imports(Vec<ImportedBatch>),
    Refused(RefusedWords),
    Lock(LockView),
    Erased(bool),
    Agreement(Option<Box<AgreementFile>>),
    SignedSheet(Option<Box<SignedSheet>>),
    Conflicts(Vec<Conflict>),
}
