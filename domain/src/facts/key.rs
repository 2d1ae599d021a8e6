//! By what a fact is known, and which document it comes and goes with.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::document::DocumentId;
use crate::id::{
    AgreementId, ClientId, CourseId, DeviceId, HandoverId, Id, InvitationId, OrderId, PersonId,
    ReplyId, SurveyId, TeamId,
};
use crate::pay::period::PayPeriod;
use crate::reviews::plan::ScoreRole;
use crate::tasks::kind::TaskKind;
use crate::time::Day;
use crate::training::fact::TrainingKey;

/// New keys are added at the end: the position is the number on the wire and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FactKey {
    Workspace,
    Team(TeamId),
    Person(PersonId),
    Device(DeviceId),
    /// What only the device's person and the administrators see of a device.
    DeviceDetail(DeviceId),
    Invitation(InvitationId),
    Grant(DocumentId),
    Plan,
    /// Never removed again.
    Erased(DocumentId),
    CourseRule(CourseId),
    Certificate(PersonId, CourseId),
    TaskKind(TaskKind),
    WorkLimits,
    Order(ClientId, OrderId),
    /// By the day from which it is in force.
    PayPlan(#[serde(with = "crate::calendar::written")] Day),
    PayTerms(PersonId),
    PayAdjustment(PersonId, Id),
    PayStatement(PersonId, PayPeriod),
    ScorePlans(ScoreRole),
    ScoredAs(PersonId),
    Review(PersonId, Period),
    Survey(ClientId, SurveyId),
    /// About whom; never told to that person.
    SurveyReply(PersonId, ReplyId),
    /// The words of a reply; kept from the same person, and erased with the client.
    SurveyWords(PersonId, ClientId, ReplyId),
    SurveyDigest(PersonId),
    /// By whose clients they were.
    Handover(PersonId, HandoverId),
    /// Everything else that is decided about training.
    Training(TrainingKey),
    Ladders,
    Grade(PersonId),
    Requirement(AgreementId),
    /// Known to everybody: who may read a client follows from it.
    Signed(PersonId, AgreementId),
}

impl FactKey {
    /// The document that this comes and goes with: known to exactly those who may read it.
    #[must_use]
    pub fn document(self) -> Option<DocumentId> {
        match self {
            Self::Grant(document) => Some(document),
            Self::Certificate(person, _) => Some(DocumentId::reviews(person)),
            Self::Order(client, _) => Some(DocumentId::orders(client)),
            Self::PayTerms(person)
            | Self::PayAdjustment(person, _)
            | Self::PayStatement(person, _) => Some(DocumentId::pay(person)),
            Self::ScoredAs(person) | Self::Review(person, _) => Some(DocumentId::reviews(person)),
            Self::Survey(client, _) => Some(client.into()),
            Self::SurveyReply(person, _)
            | Self::SurveyWords(person, ..)
            | Self::SurveyDigest(person) => Some(DocumentId::reviews(person)),
            Self::Handover(person, _) => Some(person.into()),
            Self::Training(key) => key.document(),
            Self::Grade(person) => Some(DocumentId::reviews(person)),
            _ => None,
        }
    }

    /// The document under whose key the relay stores it: it cannot be read any more once that is erased.
    #[must_use]
    pub fn kept_with(self) -> Option<DocumentId> {
        match self {
            Self::SurveyWords(_, client, _) => Some(client.into()),
            _ => None,
        }
    }
}
