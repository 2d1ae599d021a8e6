//! Facts: what the relay has decided, in its order. Keyed values, each replacing the one before;
//! a device stores those its person may read and lays its own pending decisions over them.

mod apply;
mod fact;
mod find;
mod key;
mod people;

use std::collections::BTreeMap;

use crate::agreements::decision::{Requirement, Signature};
use crate::calendar::Period;
use crate::clients::erasure::Erased;
use crate::dated::Dated;
use crate::document::DocumentId;
use crate::grades::ladder::Ladders;
use crate::grades::standing::GradeStanding;
use crate::handovers::decision::Handover;
use crate::id::{
    AgreementId, ClientId, CourseId, DeviceId, HandoverId, Id, InvitationId, PersonId, ReplyId,
    SurveyId, TeamId,
};
use crate::orders::sales::Accepted;
use crate::orders::standings::Standings;
use crate::pay::adjustment::AdjustmentStanding;
use crate::pay::approval::StatementStanding;
use crate::pay::decision::PayTerms;
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlan;
use crate::plan::Plan;
use crate::reviews::decision::{ReviewStanding, ScoredAs};
use crate::reviews::plan::{ScorePlans, ScoreRole};
use crate::role::Role;
use crate::surveys::decision::SurveyStanding;
use crate::surveys::record::{SurveyDigest, SurveyReply};
use crate::tasks::kind::TaskKind;
use crate::time::Day;
use crate::training::decision::{Certificate, CourseRule};
use crate::training::fact::TrainingFacts;
use crate::work::kind::KindRule;
use crate::work::limits::WorkLimits;

pub use fact::{Fact, FactChange};
pub use key::FactKey;
pub use people::{
    Device, DeviceDetail, Employment, Grant, Invitation, InvitationState, Person, PersonStatus,
    Team, Workspace,
};

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
    pub orders: Standings,
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
