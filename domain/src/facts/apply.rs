//! Facts as they come.

use crate::dated::Filing;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{ClientId, OrderId};
use crate::orders::sales::Accepted;

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
                self.file_order((client, id), Filing::Take);
                self.orders.remove(&(client, id));
            }
            (K::Order(client, id), Some(Fact::Order(fact))) => {
                self.file_order((client, id), Filing::Take);
                self.orders.insert((client, id), fact);
                self.file_order((client, id), Filing::Put);
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

    /// As it stands now.
    fn file_order(&mut self, key: (ClientId, OrderId), filing: Filing) {
        let kept = self.orders.find(&key);
        let Some((kept, entry)) = kept.and_then(|it| Some((it, Accepted::of(key.0, it)?))) else {
            return;
        };
        let whose = kept.representative();
        self.accepted.file(filing, whose, entry.on(), entry);
    }
}
