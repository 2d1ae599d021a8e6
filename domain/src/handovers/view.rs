//! Questions about handovers, and their answers.

use serde::{Deserialize, Serialize};

use crate::clients::record::{Grade, InteractionKind};
use crate::handovers::capsule::Capsule;
use crate::id::{ClientId, HandoverId, PersonId, TaskId};
use crate::time::{Day, Instant};

/// Everything of one person that somebody else may have to take over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverView {
    pub from: PersonId,
    pub name: String,
    /// Whether the asker may hand over for them at all, and deactivate them with it.
    pub may: bool,
    pub may_leave: bool,
    /// By name, archived ones too: whoever leaves leaves none behind.
    pub clients: Vec<GivenClient>,
    /// Open ones, by due day.
    pub tasks: Vec<GivenTask>,
    /// Who may take over, by name.
    pub takers: Vec<Taker>,
    /// The latest first.
    pub past: Vec<PastHandover>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenClient {
    pub client: ClientId,
    /// Empty while its contents have not come to this device.
    pub name: String,
    pub grade: Grade,
    pub region: String,
    pub archived: bool,
    /// Open ones of the giver.
    pub tasks: u32,
    /// The next visit that the giver has planned.
    #[serde(with = "crate::calendar::written::optional")]
    pub visit_on: Option<Day>,
    /// What the last visit left open.
    pub next_step: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub next_on: Option<Day>,
    pub suggested: Option<Suggested>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    pub to: PersonId,
    pub because: Because,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Because {
    /// They share the client already.
    Shares,
    /// So many of their clients are in the same region.
    Nearby(u32),
    /// They have the fewest, with what they are to get.
    Fewest(u32),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenTask {
    pub task: TaskId,
    pub title: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    /// One of the clients above, whose successor goes on with it.
    pub client: Option<ClientId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taker {
    pub person: PersonId,
    pub name: String,
    pub team_name: String,
    pub clients: u32,
    /// Open ones.
    pub tasks: u32,
    /// Behind with a course, or late with a signature, that comes before new clients.
    pub held_back: bool,
    /// What they are given waits until they have signed.
    pub waits: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastHandover {
    pub handover: HandoverId,
    pub at: Instant,
    pub by_name: String,
    /// Names of those who took over.
    pub to_names: Vec<String>,
    pub clients: u32,
    pub left: bool,
    /// The relay has not answered yet.
    pub provisional: bool,
}

/// A client that came to the asker and whose capsule they have not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapsuleLine {
    pub handover: HandoverId,
    pub client: ClientId,
    pub client_name: String,
    pub from_name: String,
    pub at: Instant,
}

/// A capsule in an opened client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapsuleFile {
    pub capsule: Capsule,
    pub from_name: String,
    pub to_name: String,
    pub by_name: String,
    pub talks: Vec<TalkLine>,
    /// The client came to the asker, who has not said yet that they have read it.
    pub awaits_me: bool,
}

/// An entry of the timeline that a capsule points at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TalkLine {
    pub at: Instant,
    pub kind: InteractionKind,
    pub by_name: String,
    pub text: String,
}
