//! Two people who wrote in one field, each without a network: both values stand until one picks.

use anyhow::Result;
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::{ClientDraft, Grade};
use caravan_domain::command::Command;
use caravan_domain::id::ClientId;
use caravan_domain::time::Instant;

use super::device::Device;

/// Whose hand it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Manager,
    Member,
}

/// One side's edit of the field that `team` disagrees on; nothing is sent yet.
pub(super) async fn edit(
    device: &Device,
    side: Side,
    team: usize,
    (client, known): &(ClientId, ClientDraft),
    now: Instant,
) -> Result<()> {
    let before = ClientDraft {
        contacts: Vec::new(),
        ..known.clone()
    };
    let mut after = before.clone();
    match (team % 3, side) {
        (0, Side::Manager) => after.address = format!("{}（后门收货）", known.address),
        (0, Side::Member) => after.address = format!("{}东侧二楼", known.address),
        (1, Side::Manager) => after.grade = other_grade(known.grade, Grade::A, Grade::B),
        (1, Side::Member) => after.grade = other_grade(known.grade, Grade::C, Grade::D),
        (_, Side::Manager) => after.name = format!("{}总店", known.name),
        (_, Side::Member) => after.name = format!("{}（新址）", known.name),
    }
    let change = ClientCommand::Change {
        client: *client,
        before,
        after,
    };
    device.run(now, Command::Client(change)).await.map(drop)
}

fn other_grade(known: Grade, first: Grade, second: Grade) -> Grade {
    if known == first { second } else { first }
}
