//! What is decided, by kind.

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{Requirement, Signature};
use crate::clients::erasure::Erased;
use crate::facts::{Device, DeviceDetail, FactKey, Grant, Invitation, Person, Team, Workspace};
use crate::grades::ladder::Ladders;
use crate::grades::standing::GradeStanding;
use crate::handovers::decision::Handover;
use crate::orders::decision::OrderStanding;
use crate::pay::adjustment::AdjustmentStanding;
use crate::pay::approval::StatementStanding;
use crate::pay::decision::PayTerms;
use crate::pay::plan::PayPlan;
use crate::plan::Plan;
use crate::reviews::decision::{ReviewStanding, ScoredAs};
use crate::reviews::plan::ScorePlans;
use crate::surveys::decision::SurveyStanding;
use crate::surveys::record::{SurveyDigest, SurveyReply};
use crate::training::decision::{Certificate, CourseRule};
use crate::training::fact::TrainingFact;
use crate::work::kind::KindRule;
use crate::work::limits::WorkLimits;

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

/// One fact set or removed by a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    pub key: FactKey,
    pub fact: Option<Fact>,
}
