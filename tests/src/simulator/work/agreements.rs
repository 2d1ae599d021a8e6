//! Writing agreements, asking for them, signing them.

use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{Terms, Waits, signed};
use caravan_domain::agreements::text::{AgreementDraft, Wording};
use caravan_domain::command::Command;
use caravan_domain::role::Role;

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::people::DIRECTOR;
use crate::simulator::phone::Phone;

/// Those who run the workspace write and ask; everybody signs, with a few exceptions.
pub(super) fn agreement(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let rows = phone.engine.rows();
    let rows: Vec<_> = rows.agreements.iter().map(|(_, row)| row.clone()).collect();
    let (command, written) = match (phone.number == DIRECTOR, dice.below(6)) {
        (true, 0) if rows.len() < 2 => {
            let zh = Wording {
                title: word.clone(),
                text: "客户资料归公司所有。".to_owned(),
            };
            let draft = AgreementDraft {
                zh,
                ..AgreementDraft::default()
            };
            (AgreementCommand::Add(draft), true)
        }
        (true, 1) => {
            let agreement = dice.pick(&rows)?.id;
            (AgreementCommand::Publish { agreement }, false)
        }
        (true, 2) => {
            let row = dice.pick(&rows)?;
            let terms = Terms {
                required_of: [*dice.pick(&[Role::AccountManager, Role::TeamManager])?].into(),
                within_days: 7,
                waits: *dice.pick(&[Waits::Nobody, Waits::Newcomers, Waits::Everybody])?,
            };
            let require = AgreementCommand::Require {
                agreement: row.id,
                version: row.versions.last()?.digest,
                terms,
            };
            (require, false)
        }
        (true, 3) => {
            let row = dice.pick(&rows)?;
            let person = anybody(phone, dice)?;
            let last = signed(person, row.id, &phone.engine.settled())
                .last()?
                .version;
            let countersign = AgreementCommand::Countersign {
                agreement: row.id,
                person,
                version: last,
                name: "总监".to_owned(),
            };
            (countersign, false)
        }
        _ => {
            let row = dice.pick(&rows)?;
            let sign = AgreementCommand::Sign {
                agreement: row.id,
                version: dice.pick(&row.versions)?.digest,
                name: "客户经理".to_owned(),
                device: phone.device()?,
            };
            (sign, false)
        }
    };
    Some((Command::Agreement(command), written.then_some(word)))
}
