//! The first screen an account manager sees.

use serde::{Deserialize, Serialize};

use crate::agreements::view::AgreementLine;
use crate::clients::list::ClientLine;
use crate::conflict::Contestable;
use crate::development::list::DevelopmentReminder;
use crate::goals::list::GoalLine;
use crate::grades::list::GradeReminder;
use crate::handovers::view::CapsuleLine;
use crate::id::ClientId;
use crate::recognition::list::RecognitionToday;
use crate::reviews::list::ReviewReminder;
use crate::surveys::list::FeedbackLine;
use crate::tasks::list::TaskLine;
use crate::time::Day;
use crate::training::classes::view::ClassLine;
use crate::training::needs::view::RoundLine;
use crate::training::view::CourseLine;
use crate::visits::list::VisitLine;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    #[serde(with = "crate::calendar::written")]
    pub today: Day,
    /// Under way first, then by planned time; unfinished ones of earlier days come before.
    pub visits: Vec<VisitLine>,
    pub visits_done: u32,
    /// Overdue and due today, the most overdue first.
    pub tasks: Vec<TaskLine>,
    /// Of those for whom the asker answers: calls for help, the longest waiting first; at most 20.
    pub calls: Vec<TaskLine>,
    /// Tasks of the same people that take longer than they should, or are late.
    pub overruns: u32,
    /// Clients whose next contact is due, the longest neglected of the best grade first; at most 20.
    pub follow_ups: Vec<ClientLine>,
    pub follow_ups_total: u32,
    pub birthdays: Vec<BirthdayLine>,
    /// Courses that are required of the person and not passed, the most urgent first.
    pub courses: Vec<CourseLine>,
    /// Of the next days to which the asker is invited or which they hold, and those that are still to be marked.
    pub classes: Vec<ClassLine>,
    /// Of what people would like to learn: asked of the person and not answered, the one that closes first comes first.
    pub rounds: Vec<RoundLine>,
    /// Waiting for the asker's word or signature, or at risk.
    pub goals: Vec<GoalLine>,
    /// The earliest due first.
    pub reviews: Vec<ReviewReminder>,
    /// What dissatisfied clients say of those for whom the asker answers, and nobody has seen to; at most 20.
    pub feedback: Vec<FeedbackLine>,
    /// Clients that came to the asker with something to read.
    pub capsules: Vec<CapsuleLine>,
    /// Proposals that the asker decides first.
    pub grades: Vec<GradeReminder>,
    /// Steps that have fallen due first.
    pub development: Vec<DevelopmentReminder>,
    /// Asked of the person and not signed, the most urgent first.
    pub agreements: Vec<AgreementLine>,
    /// No client data reaches the person before they sign.
    pub waits_for_signature: bool,
    /// Signed by others, for the person to sign for the company.
    pub to_countersign: Vec<AgreementLine>,
    pub recognition: RecognitionToday,
    pub waiting_in_outbox: u32,
    pub needs_attention: u32,
    /// Records with a field on which people disagree, and their titles.
    pub conflicts: Vec<(Contestable, String)>,
    /// Whether there is any client at all: an empty phone is told what to do first.
    pub has_clients: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BirthdayLine {
    pub client: ClientId,
    pub client_name: String,
    pub contact: String,
    pub phone: String,
    /// As [`crate::birthday`] writes it.
    pub birthday: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub in_days: u32,
}
