//! Facts by their keys, and the keys of a document.

use crate::calendar::Period;
use crate::document::{DocumentId, DocumentKind};
use crate::facts::{Fact, FactKey, Facts};
use crate::id::{ClientId, CourseId, HandoverId, Id, PersonId, ReplyId};
use crate::pay::period::PayPeriod;

impl Facts {
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
            FactKey::Order(client, id) => self.orders.get(&(client, id)).map(Fact::Order),
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
            .chain(orders.map(|(client, order)| K::Order(client, order)))
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
        let orders = document.orders_of().into_iter().flat_map(|client| {
            let of_client = self.orders.of_client(client).iter();
            of_client.map(move |kept| FactKey::Order(client, kept.order))
        });
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
}
