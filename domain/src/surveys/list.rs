//! Questions about surveys and their answers.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, PersonId, ReplyId, SurveyId};
use crate::surveys::record::{Points, Satisfaction, SurveyDigest};
use crate::time::Instant;

/// Links to one client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientSurveys {
    pub client_name: String,
    /// About whom the asker may ask: whoever looks after the client, its owner first.
    pub about: Vec<(PersonId, String)>,
    /// The latest first.
    pub lines: Vec<SurveyLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SurveyLine {
    pub survey: SurveyId,
    pub about_name: String,
    pub by_name: String,
    /// Of the relay once it has spoken.
    pub at: Instant,
    pub expires_at: Instant,
    pub stage: SurveyStage,
    /// The relay has not said so yet: nobody can answer.
    pub provisional: bool,
    pub may_withdraw: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SurveyStage {
    Waiting,
    Answered(Instant),
    Expired,
    Withdrawn,
}

/// What clients say about one person (R61).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedbackList {
    pub about: PersonId,
    pub show: FeedbackFilter,
    /// Comes before all others.
    pub first: Option<ReplyId>,
    pub limit: u32,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum FeedbackFilter {
    #[default]
    All,
    Low,
    WithWords,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedbackPage {
    pub name: String,
    /// Of everything that counts; for the person concerned as it stood after the last full step.
    pub digest: SurveyDigest,
    /// Of those, by links that somebody else than the person has made.
    pub by_others: u32,
    /// Whether single replies are the asker's to read.
    pub sees_replies: bool,
    pub total: u32,
    /// The latest first, after the one that was asked for.
    pub lines: Vec<FeedbackLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeedbackLine {
    pub reply: ReplyId,
    pub about: PersonId,
    pub about_name: String,
    pub client: ClientId,
    /// Empty when the client is not on this device.
    pub client_name: String,
    pub at: Instant,
    pub satisfaction: Satisfaction,
    pub points: Points,
    pub words: String,
    /// The link was made by the person whom it is about.
    pub by_themself: bool,
    pub signed_in: bool,
    pub noted: Option<(String, Instant)>,
    pub may_see_to: bool,
    pub provisional: bool,
}
