//! Facts: what the relay has decided, in its order. Keyed values, each replacing the one before;
//! a device stores those its person may read and lays its own pending decisions over them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{Requirement, Signature};
use crate::calendar::Period;
use crate::clients::erasure::Erased;
use crate::dated::{Dated, Filing};
use crate::document::{DocumentId, DocumentKind};
use crate::grades::ladder::Ladders;
use crate::grades::standing::GradeStanding;
use crate::handovers::decision::Handover;
use crate::id::{
    AgreementId, ClientId, CourseId, DeviceId, HandoverId, Id, InvitationId, OrderId, PersonId,
    ReplyId, SurveyId, TeamId,
};
use crate::orders::decision::{OrderStanding, OrderState};
use crate::orders::sales::Accepted;
use crate::pay::adjustment::AdjustmentStanding;
use crate::pay::approval::StatementStanding;
use crate::pay::decision::PayTerms;
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlan;
use crate::plan::Plan;
use crate::reviews::decision::{ReviewStanding, ScoredAs};
use crate::reviews::plan::{ScorePlans, ScoreRole};
use crate::role::{Role, Roles};
use crate::surveys::decision::SurveyStanding;
use crate::surveys::record::{SurveyDigest, SurveyReply};
use crate::tasks::kind::TaskKind;
use crate::time::{Day, Instant};
use crate::training::decision::{Certificate, CourseRule};
use crate::training::fact::{TrainingFact, TrainingFacts, TrainingKey};
use crate::work::kind::KindRule;
use crate::work::limits::WorkLimits;

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

/// One variant per key, at the same position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    Workspace(Workspace),
    Team(Team),
    Person(Person),
    Device(Device),
    DeviceDetail(DeviceDetail),
    Invitation(Invitation),
    Grant(Grant),
    Plan(Plan),
    Erased(Erased),
    CourseRule(CourseRule),
    Certificate(Certificate),
    TaskKind(KindRule),
    WorkLimits(WorkLimits),
    Order(OrderStanding),
    PayPlan(PayPlan),
    PayTerms(PayTerms),
    PayAdjustment(AdjustmentStanding),
    PayStatement(StatementStanding),
    ScorePlans(ScorePlans),
    ScoredAs(Vec<ScoredAs>),
    Review(ReviewStanding),
    Survey(SurveyStanding),
    SurveyReply(SurveyReply),
    SurveyWords(String),
    SurveyDigest(SurveyDigest),
    Handover(Handover),
    Training(TrainingFact),
    Ladders(Ladders),
    Grade(GradeStanding),
    Requirement(Requirement),
    /// In the order in which the relay received them.
    Signed(Vec<Signature>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub name: String,
    pub founded_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Team {
    pub name: String,
    pub closed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub roles: Roles,
    /// The team this person works in, or manages.
    pub team: Option<TeamId>,
    pub status: PersonStatus,
    pub employment: Employment,
    /// Working contact details, for one-tap calls between colleagues.
    pub phone: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonStatus {
    Active,
    Suspended,
    Deactivated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Employment {
    FullTime,
    PartTime,
    OutsideAgent,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    pub person: PersonId,
    pub revoked_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceDetail {
    pub person: PersonId,
    /// What the browser says of itself, such as "Chrome · Android".
    pub label: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub name: String,
    pub roles: Roles,
    pub team: Option<TeamId>,
    pub employment: Employment,
    /// SHA-256 of the token in the link; the token itself never leaves the inviter's screen.
    pub token_hash: [u8; 32],
    pub invited_by: PersonId,
    pub expires_at: Instant,
    pub state: InvitationState,
    /// Set when the link binds one more device to somebody who is already here.
    pub person: Option<PersonId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationState {
    Open,
    Used { by: PersonId },
    Cancelled,
}

/// Who a document belongs to and who else may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub owner: PersonId,
    pub shared_with: BTreeSet<PersonId>,
}

/// One fact set or removed by a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    pub key: FactKey,
    pub fact: Option<Fact>,
}

/// Every fact this replica holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub workspace: Option<Workspace>,
    pub teams: BTreeMap<TeamId, Team>,
    pub people: BTreeMap<PersonId, Person>,
    pub devices: BTreeMap<DeviceId, Device>,
    pub device_details: BTreeMap<DeviceId, DeviceDetail>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
    pub grants: BTreeMap<DocumentId, Grant>,
    /// `None` until the workspace changes it: the default holds then.
    pub plan: Option<Plan>,
    pub erased: BTreeMap<DocumentId, Erased>,
    pub course_rules: BTreeMap<CourseId, CourseRule>,
    pub certificates: BTreeMap<(PersonId, CourseId), Certificate>,
    /// Those that the workspace has defined or changed: see [`crate::work::kind::rule`].
    pub task_kinds: BTreeMap<TaskKind, KindRule>,
    /// `None` until the workspace changes them.
    pub work_limits: Option<WorkLimits>,
    /// Of those that were ever submitted. Changed through [`Facts::apply`] only, which keeps `accepted`.
    pub orders: BTreeMap<(ClientId, OrderId), OrderStanding>,
    /// Of these the accepted ones, by the month and whose they are.
    pub(crate) accepted: Dated<PersonId, Accepted>,
    /// The workspace's own: see [`crate::pay::plan::PayPlans::of`].
    pub pay_plans: BTreeMap<Day, PayPlan>,
    pub pay_terms: BTreeMap<PersonId, PayTerms>,
    pub pay_adjustments: BTreeMap<(PersonId, Id), AdjustmentStanding>,
    pub pay_statements: BTreeMap<(PersonId, PayPeriod), StatementStanding>,
    /// Of the roles whose plan the workspace has changed.
    pub score_plans: BTreeMap<ScoreRole, ScorePlans>,
    /// By the day from which each holds.
    pub scored_as: BTreeMap<PersonId, Vec<ScoredAs>>,
    /// Of those that were ever submitted.
    pub reviews: BTreeMap<(PersonId, Period), ReviewStanding>,
    pub surveys: BTreeMap<(ClientId, SurveyId), SurveyStanding>,
    /// By whom they are about.
    pub survey_replies: BTreeMap<(PersonId, ReplyId), SurveyReply>,
    pub survey_words: BTreeMap<(PersonId, ClientId, ReplyId), String>,
    pub survey_digests: BTreeMap<PersonId, SurveyDigest>,
    pub handovers: BTreeMap<(PersonId, HandoverId), Handover>,
    pub training: TrainingFacts,
    pub ladders: Option<Ladders>,
    pub grades: BTreeMap<PersonId, GradeStanding>,
    pub requirements: BTreeMap<AgreementId, Requirement>,
    /// Never empty.
    pub signatures: BTreeMap<(PersonId, AgreementId), Vec<Signature>>,
}

impl Facts {
    /// A fact whose kind does not fit its key is ignored: it can only come from a damaged store,
    /// which its reader reports.
    pub fn apply(&mut self, change: FactChange) {
        use FactKey as K;
        match (change.key, change.fact) {
            (K::Workspace, None) => self.workspace = None,
            (K::Workspace, Some(Fact::Workspace(fact))) => self.workspace = Some(fact),
            (K::Team(id), None) => drop(self.teams.remove(&id)),
            (K::Team(id), Some(Fact::Team(fact))) => drop(self.teams.insert(id, fact)),
            (K::Person(id), None) => drop(self.people.remove(&id)),
            (K::Person(id), Some(Fact::Person(fact))) => drop(self.people.insert(id, fact)),
            (K::Device(id), None) => drop(self.devices.remove(&id)),
            (K::Device(id), Some(Fact::Device(fact))) => drop(self.devices.insert(id, fact)),
            (K::DeviceDetail(id), None) => drop(self.device_details.remove(&id)),
            (K::DeviceDetail(id), Some(Fact::DeviceDetail(fact))) => {
                drop(self.device_details.insert(id, fact));
            }
            (K::Invitation(id), None) => drop(self.invitations.remove(&id)),
            (K::Invitation(id), Some(Fact::Invitation(fact))) => {
                drop(self.invitations.insert(id, fact));
            }
            (K::Grant(id), None) => drop(self.grants.remove(&id)),
            (K::Grant(id), Some(Fact::Grant(fact))) => drop(self.grants.insert(id, fact)),
            (K::Plan, None) => self.plan = None,
            (K::Plan, Some(Fact::Plan(fact))) => self.plan = Some(fact),
            (K::Erased(id), None) => drop(self.erased.remove(&id)),
            (K::Erased(id), Some(Fact::Erased(fact))) => drop(self.erased.insert(id, fact)),
            (K::CourseRule(id), None) => drop(self.course_rules.remove(&id)),
            (K::CourseRule(id), Some(Fact::CourseRule(fact))) => {
                drop(self.course_rules.insert(id, fact));
            }
            (K::Certificate(person, course), None) => {
                self.certificates.remove(&(person, course));
            }
            (K::Certificate(person, course), Some(Fact::Certificate(fact))) => {
                self.certificates.insert((person, course), fact);
            }
            (K::TaskKind(id), None) => drop(self.task_kinds.remove(&id)),
            (K::TaskKind(id), Some(Fact::TaskKind(fact))) => {
                drop(self.task_kinds.insert(id, fact));
            }
            (K::WorkLimits, None) => self.work_limits = None,
            (K::WorkLimits, Some(Fact::WorkLimits(fact))) => self.work_limits = Some(fact),
            (K::Order(client, id), None) => {
                let before = self.orders.remove(&(client, id));
                self.file_order((client, id), before.as_ref(), Filing::Take);
            }
            (K::Order(client, id), Some(Fact::Order(fact))) => {
                let before = self.orders.remove(&(client, id));
                self.file_order((client, id), before.as_ref(), Filing::Take);
                self.file_order((client, id), Some(&fact), Filing::Put);
                self.orders.insert((client, id), fact);
            }
            (K::PayPlan(day), None) => drop(self.pay_plans.remove(&day)),
            (K::PayPlan(day), Some(Fact::PayPlan(fact))) => {
                drop(self.pay_plans.insert(day, fact));
            }
            (K::PayTerms(person), None) => drop(self.pay_terms.remove(&person)),
            (K::PayTerms(person), Some(Fact::PayTerms(fact))) => {
                drop(self.pay_terms.insert(person, fact));
            }
            (K::PayAdjustment(person, id), None) => {
                self.pay_adjustments.remove(&(person, id));
            }
            (K::PayAdjustment(person, id), Some(Fact::PayAdjustment(fact))) => {
                self.pay_adjustments.insert((person, id), fact);
            }
            (K::PayStatement(person, period), None) => {
                self.pay_statements.remove(&(person, period));
            }
            (K::PayStatement(person, period), Some(Fact::PayStatement(fact))) => {
                self.pay_statements.insert((person, period), fact);
            }
            (K::ScorePlans(role), None) => drop(self.score_plans.remove(&role)),
            (K::ScorePlans(role), Some(Fact::ScorePlans(fact))) => {
                drop(self.score_plans.insert(role, fact));
            }
            (K::ScoredAs(person), None) => drop(self.scored_as.remove(&person)),
            (K::ScoredAs(person), Some(Fact::ScoredAs(fact))) => {
                drop(self.scored_as.insert(person, fact));
            }
            (K::Review(person, period), None) => drop(self.reviews.remove(&(person, period))),
            (K::Review(person, period), Some(Fact::Review(fact))) => {
                drop(self.reviews.insert((person, period), fact));
            }
            (K::Survey(client, id), None) => {
                self.surveys.remove(&(client, id));
            }
            (K::Survey(client, id), Some(Fact::Survey(fact))) => {
                self.surveys.insert((client, id), fact);
            }
            (K::SurveyReply(person, id), None) => {
                self.survey_replies.remove(&(person, id));
            }
            (K::SurveyReply(person, id), Some(Fact::SurveyReply(fact))) => {
                self.survey_replies.insert((person, id), fact);
            }
            (K::SurveyWords(person, client, id), None) => {
                self.survey_words.remove(&(person, client, id));
            }
            (K::SurveyWords(person, client, id), Some(Fact::SurveyWords(fact))) => {
                self.survey_words.insert((person, client, id), fact);
            }
            (K::SurveyDigest(person), None) => {
                self.survey_digests.remove(&person);
            }
            (K::SurveyDigest(person), Some(Fact::SurveyDigest(fact))) => {
                self.survey_digests.insert(person, fact);
            }
            (K::Handover(person, id), None) => drop(self.handovers.remove(&(person, id))),
            (K::Handover(person, id), Some(Fact::Handover(fact))) => {
                drop(self.handovers.insert((person, id), fact));
            }
            (K::Training(key), None) => self.training.apply(key, None),
            (K::Training(key), Some(Fact::Training(fact))) => self.training.apply(key, Some(fact)),
            (K::Ladders, None) => self.ladders = None,
            (K::Ladders, Some(Fact::Ladders(fact))) => self.ladders = Some(fact),
            (K::Grade(person), None) => drop(self.grades.remove(&person)),
            (K::Grade(person), Some(Fact::Grade(fact))) => {
                drop(self.grades.insert(person, fact));
            }
            (K::Requirement(id), None) => drop(self.requirements.remove(&id)),
            (K::Requirement(id), Some(Fact::Requirement(fact))) => {
                drop(self.requirements.insert(id, fact));
            }
            (K::Signed(person, id), None) => drop(self.signatures.remove(&(person, id))),
            (K::Signed(person, id), Some(Fact::Signed(fact))) => {
                drop(self.signatures.insert((person, id), fact));
            }
            (_, Some(_)) => {}
        }
    }

    fn file_order(
        &mut self,
        key: (ClientId, OrderId),
        standing: Option<&OrderStanding>,
        filing: Filing,
    ) {
        let Some(it) = standing.filter(|it| it.state == OrderState::Accepted) else {
            return;
        };
        let entry = Accepted::of(key, it);
        let whose = it.submission.representative;
        self.accepted.file(filing, whose, entry.on, entry);
    }

    /// The fact at `key`, to put beside what a decision changed.
    #[must_use]
    pub fn get(&self, key: FactKey) -> Option<Fact> {
        match key {
            FactKey::Workspace => self.workspace.clone().map(Fact::Workspace),
            FactKey::Team(id) => self.teams.get(&id).cloned().map(Fact::Team),
            FactKey::Person(id) => self.people.get(&id).cloned().map(Fact::Person),
            FactKey::Device(id) => self.devices.get(&id).cloned().map(Fact::Device),
            FactKey::DeviceDetail(id) => self
                .device_details
                .get(&id)
                .cloned()
                .map(Fact::DeviceDetail),
            FactKey::Invitation(id) => self.invitations.get(&id).cloned().map(Fact::Invitation),
            FactKey::Grant(id) => self.grants.get(&id).cloned().map(Fact::Grant),
            FactKey::Plan => self.plan.clone().map(Fact::Plan),
            FactKey::Erased(id) => self.erased.get(&id).copied().map(Fact::Erased),
            FactKey::CourseRule(id) => self.course_rules.get(&id).cloned().map(Fact::CourseRule),
            FactKey::Certificate(person, course) => {
                let known = self.certificates.get(&(person, course)).copied();
                known.map(Fact::Certificate)
            }
            FactKey::TaskKind(id) => self.task_kinds.get(&id).cloned().map(Fact::TaskKind),
            FactKey::WorkLimits => self.work_limits.map(Fact::WorkLimits),
            FactKey::Order(client, id) => self.orders.get(&(client, id)).cloned().map(Fact::Order),
            FactKey::PayPlan(day) => self.pay_plans.get(&day).cloned().map(Fact::PayPlan),
            FactKey::PayTerms(id) => self.pay_terms.get(&id).cloned().map(Fact::PayTerms),
            FactKey::PayAdjustment(person, id) => {
                let known = self.pay_adjustments.get(&(person, id)).copied();
                known.map(Fact::PayAdjustment)
            }
            FactKey::PayStatement(person, period) => {
                let known = self.pay_statements.get(&(person, period)).cloned();
                known.map(Fact::PayStatement)
            }
            FactKey::ScorePlans(role) => self.score_plans.get(&role).cloned().map(Fact::ScorePlans),
            FactKey::ScoredAs(person) => self.scored_as.get(&person).cloned().map(Fact::ScoredAs),
            FactKey::Review(person, period) => self
                .reviews
                .get(&(person, period))
                .cloned()
                .map(Fact::Review),
            FactKey::Survey(client, id) => {
                let known = self.surveys.get(&(client, id)).cloned();
                known.map(Fact::Survey)
            }
            FactKey::SurveyReply(person, id) => {
                let known = self.survey_replies.get(&(person, id)).cloned();
                known.map(Fact::SurveyReply)
            }
            FactKey::SurveyWords(person, client, id) => {
                let known = self.survey_words.get(&(person, client, id)).cloned();
                known.map(Fact::SurveyWords)
            }
            FactKey::SurveyDigest(person) => {
                let known = self.survey_digests.get(&person).copied();
                known.map(Fact::SurveyDigest)
            }
            FactKey::Handover(person, id) => {
                let known = self.handovers.get(&(person, id)).cloned();
                known.map(Fact::Handover)
            }
            FactKey::Training(key) => self.training.get(key).map(Fact::Training),
            FactKey::Ladders => self.ladders.clone().map(Fact::Ladders),
            FactKey::Grade(person) => self.grades.get(&person).cloned().map(Fact::Grade),
            FactKey::Requirement(id) => self.requirements.get(&id).cloned().map(Fact::Requirement),
            FactKey::Signed(person, id) => {
                let known = self.signatures.get(&(person, id)).cloned();
                known.map(Fact::Signed)
            }
        }
    }

    /// Of every fact here.
    pub fn keys(&self) -> impl Iterator<Item = FactKey> {
        use FactKey as K;
        let certificates = self.certificates.keys();
        let orders = self.orders.keys();
        let adjustments = self.pay_adjustments.keys();
        let statements = self.pay_statements.keys();
        self.workspace
            .iter()
            .map(|_| K::Workspace)
            .chain(self.teams.keys().copied().map(K::Team))
            .chain(self.people.keys().copied().map(K::Person))
            .chain(self.devices.keys().copied().map(K::Device))
            .chain(self.device_details.keys().copied().map(K::DeviceDetail))
            .chain(self.invitations.keys().copied().map(K::Invitation))
            .chain(self.grants.keys().copied().map(K::Grant))
            .chain(self.plan.iter().map(|_| K::Plan))
            .chain(self.erased.keys().copied().map(K::Erased))
            .chain(self.course_rules.keys().copied().map(K::CourseRule))
            .chain(certificates.map(|(person, course)| K::Certificate(*person, *course)))
            .chain(self.task_kinds.keys().copied().map(K::TaskKind))
            .chain(self.work_limits.iter().map(|_| K::WorkLimits))
            .chain(orders.map(|(client, order)| K::Order(*client, *order)))
            .chain(self.pay_plans.keys().copied().map(K::PayPlan))
            .chain(self.pay_terms.keys().copied().map(K::PayTerms))
            .chain(adjustments.map(|(person, id)| K::PayAdjustment(*person, *id)))
            .chain(statements.map(|(person, period)| K::PayStatement(*person, *period)))
            .chain(self.score_plans.keys().copied().map(K::ScorePlans))
            .chain(self.scored_as.keys().copied().map(K::ScoredAs))
            .chain(self.reviews.keys().map(|key| K::Review(key.0, key.1)))
            .chain(self.surveys.keys().map(|key| K::Survey(key.0, key.1)))
            .chain(
                self.survey_replies
                    .keys()
                    .map(|key| K::SurveyReply(key.0, key.1)),
            )
            .chain(
                self.survey_words
                    .keys()
                    .map(|key| K::SurveyWords(key.0, key.1, key.2)),
            )
            .chain(self.survey_digests.keys().copied().map(K::SurveyDigest))
            .chain(self.handovers.keys().map(|key| K::Handover(key.0, key.1)))
            .chain(self.training.keys().map(K::Training))
            .chain(self.ladders.iter().map(|_| K::Ladders))
            .chain(self.grades.keys().copied().map(K::Grade))
            .chain(self.requirements.keys().copied().map(K::Requirement))
            .chain(self.signatures.keys().map(|key| K::Signed(key.0, key.1)))
    }

    /// Of those facts that come and go with this document.
    pub fn keys_of(&self, document: DocumentId) -> impl Iterator<Item = FactKey> {
        let grant = self.grants.contains_key(&document);
        let reviewed = (document.kind == DocumentKind::Reviews).then_some(PersonId(document.id));
        let scored_as = reviewed.filter(|person| self.scored_as.contains_key(person));
        let reviews = reviewed.into_iter().flat_map(|person| {
            let first = (person, Period::FIRST);
            let of_person = self.reviews.range(first..);
            of_person.take_while(move |((of, _), _)| *of == person)
        });
        let reviews = reviews.map(|(key, _)| FactKey::Review(key.0, key.1));
        let reviews = scored_as.map(FactKey::ScoredAs).into_iter().chain(reviews);
        let certificates = reviewed.into_iter().flat_map(|person| {
            let first = (person, CourseId(Id::ZERO));
            self.certificates.range(first..=(person, CourseId(Id::MAX)))
        });
        let certificates = certificates.map(|(key, _)| FactKey::Certificate(key.0, key.1));
        let ordered = (document.kind == DocumentKind::Orders).then_some(ClientId(document.id));
        let orders = ordered.into_iter().flat_map(|client| {
            let first = (client, OrderId(Id::ZERO));
            self.orders.range(first..=(client, OrderId(Id::MAX)))
        });
        let orders = orders.map(|(key, _)| FactKey::Order(key.0, key.1));
        let grant = grant.then_some(FactKey::Grant(document));
        let paid = (document.kind == DocumentKind::Pay).then_some(PersonId(document.id));
        let pay = paid.into_iter().flat_map(|person| self.pay_keys(person));
        let grant = grant.into_iter();
        let handed = document.person().into_iter().flat_map(|person| {
            let all = (person, HandoverId::FIRST)..=(person, HandoverId::LAST);
            self.handovers.range(all)
        });
        let handed = handed.map(|(key, _)| FactKey::Handover(key.0, key.1));
        let grade = reviewed.filter(|person| self.grades.contains_key(person));
        let grade = grade.map(FactKey::Grade);
        grant
            .chain(certificates)
            .chain(orders)
            .chain(reviews)
            .chain(pay)
            .chain(self.survey_keys(document))
            .chain(handed)
            .chain(self.training.keys_of(document).map(FactKey::Training))
            .chain(grade)
    }

    /// Links with their client, what came of them with the reviews of whom it is about.
    fn survey_keys(&self, document: DocumentId) -> impl Iterator<Item = FactKey> {
        let asked = document.client().into_iter();
        let asked = asked.flat_map(|client| {
            let of_client = self.surveys_of(client);
            of_client.map(move |(survey, _)| FactKey::Survey(client, survey))
        });
        let about = (document.kind == DocumentKind::Reviews).then_some(PersonId(document.id));
        let about = about.into_iter();
        asked.chain(about.flat_map(|person| {
            let replies = self.replies_about(person);
            let replies = replies.map(move |(reply, _)| FactKey::SurveyReply(person, reply));
            let first = (person, ClientId(Id::ZERO), ReplyId(Id::ZERO));
            let last = (person, ClientId(Id::MAX), ReplyId(Id::MAX));
            let words = self.survey_words.range(first..=last);
            let words = words.map(|(key, _)| FactKey::SurveyWords(key.0, key.1, key.2));
            let digest = self.survey_digests.contains_key(&person);
            let digest = digest.then_some(FactKey::SurveyDigest(person));
            replies.chain(words).chain(digest)
        }))
    }

    pub fn surveys_of(
        &self,
        client: ClientId,
    ) -> impl Iterator<Item = (SurveyId, &SurveyStanding)> {
        let all = (client, SurveyId(Id::ZERO))..=(client, SurveyId(Id::MAX));
        let surveys = self.surveys.range(all);
        surveys.map(|((_, survey), standing)| (*survey, standing))
    }

    pub fn replies_about(&self, person: PersonId) -> impl Iterator<Item = (ReplyId, &SurveyReply)> {
        let all = (person, ReplyId(Id::ZERO))..=(person, ReplyId(Id::MAX));
        let replies = self.survey_replies.range(all);
        replies.map(|((_, id), reply)| (*id, reply))
    }

    fn pay_keys(&self, person: PersonId) -> impl Iterator<Item = FactKey> {
        let terms = self.pay_terms.contains_key(&person);
        let adjustments = self.pay_adjustments.range((person, Id::ZERO)..);
        let adjustments = adjustments.map(|(key, _)| *key);
        let adjustments = adjustments.take_while(move |(whose, _)| *whose == person);
        let statements = self.pay_statements.range((person, PayPeriod::FIRST)..);
        let statements = statements.map(|(key, _)| *key);
        let statements = statements.take_while(move |(whose, _)| *whose == person);
        let terms = terms.then_some(FactKey::PayTerms(person));
        terms
            .into_iter()
            .chain(adjustments.map(|(person, id)| FactKey::PayAdjustment(person, id)))
            .chain(statements.map(|(person, period)| FactKey::PayStatement(person, period)))
    }

    #[must_use]
    pub fn active(&self, person: PersonId) -> Option<&Person> {
        self.people
            .get(&person)
            .filter(|known| known.status == PersonStatus::Active)
    }

    #[must_use]
    pub fn has_role(&self, person: PersonId, role: Role) -> bool {
        self.active(person)
            .is_some_and(|known| known.roles.contains(&role))
    }

    /// Whether `manager` manages the team `person` works in. Nobody manages themselves.
    #[must_use]
    pub fn manages(&self, manager: PersonId, person: PersonId) -> bool {
        manager != person
            && self.has_role(manager, Role::TeamManager)
            && self.same_team(manager, person)
    }

    #[must_use]
    pub fn same_team(&self, one: PersonId, other: PersonId) -> bool {
        let team = |person| {
            self.people
                .get(&person)
                .and_then(|known: &Person| known.team)
        };
        team(one).is_some() && team(one) == team(other)
    }

    #[must_use]
    pub fn plan(&self) -> Plan {
        self.plan.clone().unwrap_or_default()
    }

    /// The person behind a device, revoked or not.
    #[must_use]
    pub fn author(&self, device: DeviceId) -> Option<PersonId> {
        self.devices.get(&device).map(|known| known.person)
    }

    #[must_use]
    pub fn is_erased(&self, document: DocumentId) -> bool {
        self.erased.contains_key(&document)
    }

    #[must_use]
    pub fn owner(&self, document: DocumentId) -> Option<PersonId> {
        self.grants.get(&document).map(|grant| grant.owner)
    }
}
