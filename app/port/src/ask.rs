//! What the interface can watch, and what it is told.

use std::fmt::{self, Debug, Write};

use caravan_domain::agreements::view::{AgreementFile, SignedSheet};
use caravan_domain::clients::file::ClientFile;
use caravan_domain::clients::list::ClientList;
use caravan_domain::conflict::{Conflict, Contestable};
use caravan_domain::id::{AgreementId, ClientId, CourseId, PersonId, VisitId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::training::view::CourseFile;
use caravan_domain::visits::list::VisitFile;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::codec::{self, Unreadable};
use crate::roster::Roster;
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
    /// The list to search in, once and without being told of changes.
    Roster(ClientList),
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

/// Each has the name of its question, and is written without it, as [`Answer`] is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
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
    Draft(Option<Vec<u8>>),
    Undo(Vec<UndoLine>),
    Imports(Vec<ImportedBatch>),
    Refused(RefusedWords),
    Lock(LockView),
    Erased(bool),
    Agreement(Option<Box<AgreementFile>>),
    SignedSheet(Option<Box<SignedSheet>>),
    Conflicts(Vec<Conflict>),
    Roster(Roster),
}

impl Told {
    /// Whether this is what such a question is answered with.
    #[must_use]
    pub fn answers(&self, ask: &Ask) -> bool {
        match (self, ask) {
            (Self::Rows(answer), Ask::Rows(query)) => name(answer) == name(query),
            _ => name(self) == name(ask),
        }
    }
}

/// An answer on its way. It is read where it is used, as what was asked for: a screen brings along what reads its own
/// answers, and the first part of the interface none but its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sent(#[serde(with = "serde_bytes")] Vec<u8>);

impl Sent {
    /// # Errors
    /// Never for what this crate can tell: it holds nothing postcard cannot write.
    pub fn of(told: &Told) -> Result<Self, Unreadable> {
        codec::write(told).map(Self)
    }

    /// # Errors
    /// When it is not of this type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        codec::read(&self.0)
    }
}

/// Of a variant.
fn name(value: &impl Debug) -> String {
    let mut name = Name(String::new());
    // It ends with an error where the name ends, without going through what is in the variant.
    let _ = write!(name, "{value:?}");
    name.0
}

struct Name(String);

impl Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.find(|letter: char| !letter.is_alphanumeric());
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        end.map_or(Ok(()), |_| Err(fmt::Error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_name_of_its_question() {
        let answer = Told::Rows(Answer::Similar(Vec::new()));
        let ask = Query::Similar(caravan_domain::clients::list::SimilarTo::default());
        assert!(answer.answers(&Ask::Rows(ask)));
        assert!(!answer.answers(&Ask::Rows(Query::Needs)));
        assert!(!answer.answers(&Ask::Undo));
        assert!(Told::Draft(None).answers(&Ask::Draft(String::new())));
    }

    #[test]
    fn it_is_read_as_what_was_asked_for() {
        let sent = Sent::of(&Told::Draft(Some(vec![1, 2]))).unwrap();
        assert_eq!(sent.read(), Ok(Some(vec![1_u8, 2])));
        let sent = Sent::of(&Told::Rows(Answer::Similar(Vec::new()))).unwrap();
        assert_eq!(sent.read::<Vec<String>>(), Ok(Vec::new()));
        assert_eq!(sent.read::<(u32, String)>(), Err(Unreadable));
    }
}
