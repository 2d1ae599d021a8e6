//! What has changed, by topic, so that only those watches are answered again whose answer may differ.

use std::collections::BTreeSet;

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::BlobHash;
use caravan_domain::query::Query;
use caravan_port::ask::Ask;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Touched {
    pub(crate) documents: BTreeSet<DocumentId>,
    pub(crate) facts: bool,
    /// Outbox, attention, receipts: what marks are made of.
    pub(crate) outbox: bool,
    pub(crate) connection: bool,
    pub(crate) drafts: BTreeSet<String>,
    pub(crate) undo: bool,
    pub(crate) blobs: BTreeSet<BlobHash>,
    pub(crate) storage: bool,
    pub(crate) lock: bool,
    /// Boot, wipe, a new day.
    pub(crate) everything: bool,
}

impl Touched {
    /// Whether the answer to `ask` may be another one now.
    pub(crate) fn concerns(&self, ask: &Ask) -> bool {
        self.everything
            || match ask {
                Ask::Rows(query) => self.concerns_query(query),
                Ask::Client(client) | Ask::Visit(client, _) => {
                    self.documents.contains(&(*client).into()) || self.facts || self.outbox
                }
                Ask::Course(_) => {
                    self.facts
                        || self.outbox
                        || self.any(DocumentKind::Company)
                        || self.any(DocumentKind::Person)
                        || self.any(DocumentKind::Reviews)
                }
                Ask::Agreement(_) | Ask::SignedSheet(..) => {
                    self.facts || self.outbox || self.any(DocumentKind::Company)
                }
                Ask::Conflicts(record) => self.facts || self.documents.contains(&record.place().0),
                Ask::Session => self.facts || self.lock,
                Ask::Lock => self.lock || self.connection,
                Ask::Erased(_) => self.facts,
                Ask::SyncLine => self.outbox || self.connection,
                Ask::Refused(_) => self.outbox || self.facts || !self.documents.is_empty(),
                Ask::Sync => self.outbox || self.connection || !self.blobs.is_empty(),
                Ask::Storage => {
                    self.storage || !self.documents.is_empty() || !self.blobs.is_empty()
                }
                Ask::Draft(key) => self.drafts.contains(key),
                Ask::Undo => self.undo,
                Ask::Imports => self.any(DocumentKind::Client),
                Ask::Roster(_) => false,
            }
    }

    fn concerns_query(&self, query: &Query) -> bool {
        match query {
            Query::Plan => self.facts,
            Query::Classes | Query::Class(_) | Query::Paths | Query::Library(_) => {
                self.facts || self.any(DocumentKind::Company)
            }
            Query::PersonTraining(_) => {
                self.facts || self.any(DocumentKind::Company) || self.any(DocumentKind::Reviews)
            }
            Query::Needs => self.facts || self.any(DocumentKind::Company),
            Query::NeedsRound(_) | Query::NeedsCell(_) => {
                self.facts
                    || self.any(DocumentKind::Company)
                    || self.any(DocumentKind::Person)
                    || self.any(DocumentKind::Reviews)
            }
            Query::Training => {
                self.facts || self.any(DocumentKind::Company) || self.any(DocumentKind::Person)
            }
            Query::People | Query::Person(_) => {
                self.facts || self.outbox || self.any(DocumentKind::Client)
            }
            Query::Agreements(_) | Query::Foresee(_) => {
                self.facts || self.outbox || self.any(DocumentKind::Company)
            }
            Query::Similar(_) => self.facts || self.any(DocumentKind::Client),
            Query::Clients(_) | Query::Visits(_) => {
                self.facts || self.outbox || self.any(DocumentKind::Client)
            }
            Query::WorkRules | Query::ScorePlans => self.facts,
            Query::Ladder => self.facts || self.any(DocumentKind::Company),
            Query::Surveys(_) | Query::Feedback(_) => {
                self.facts || self.outbox || self.any(DocumentKind::Client)
            }
            Query::ReviewSpread(_) => self.facts || self.any(DocumentKind::Reviews),
            Query::Load => self.facts || self.any(DocumentKind::Person),
            Query::Orders(_) | Query::Order(..) => {
                self.facts || self.outbox || self.any(DocumentKind::Orders)
            }
            Query::PayPlans => self.facts,
            Query::Recognition(_) => self.facts || self.outbox || self.any(DocumentKind::Team),
            // Reckoned from all of these, and from nothing else.
            Query::Pay(..)
            | Query::PayStatement(..)
            | Query::TeamPay(_)
            | Query::PayWhatIf(_)
            | Query::DashboardPay(_) => {
                self.facts
                    || self.outbox
                    || [
                        DocumentKind::Orders,
                        DocumentKind::Pay,
                        DocumentKind::Person,
                        DocumentKind::Client,
                        DocumentKind::Team,
                    ]
                    .into_iter()
                    .any(|kind| self.any(kind))
            }
            Query::WorkFile(_)
            | Query::Suggest(_)
            | Query::Spread(_)
            | Query::TaskHistory(..)
            | Query::Today
            | Query::Tasks(_)
            | Query::Task(..)
            | Query::Reminders { .. }
            | Query::Goals(_)
            | Query::Goal(_)
            | Query::GoalHint(_)
            | Query::GoalRecords(_)
            | Query::Reviews(_)
            | Query::Review(_)
            | Query::ReviewRecords(_)
            | Query::ReviewHistory(_)
            | Query::Dashboard(_)
            | Query::DashboardRecords(_)
            | Query::Handover(_)
            | Query::Grades
            | Query::Grade(_)
            | Query::GradeRecords(_)
            | Query::Development(_)
            | Query::RecognitionForm
            | Query::CourseEffect(_) => self.facts || self.outbox || !self.documents.is_empty(),
        }
    }

    fn any(&self, kind: DocumentKind) -> bool {
        self.documents.iter().any(|document| document.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id, PersonId};

    use super::*;

    #[test]
    fn a_change_concerns_what_shows_it() {
        let client = ClientId(Id::MAX);
        let mut touched = Touched::default();
        touched.documents.insert(client.into());
        assert!(touched.concerns(&Ask::Client(client)));
        assert!(!touched.concerns(&Ask::Client(ClientId(Id::ZERO))));
        assert!(touched.concerns(&Ask::Rows(Query::Today)));
        assert!(!touched.concerns(&Ask::Rows(Query::Plan)));
        assert!(!touched.concerns(&Ask::Draft("new".to_owned())));
        touched.documents = [PersonId(Id::MAX).into()].into();
        assert!(!touched.concerns(&Ask::Imports));
    }
}
