//! Writing agreements, asking for them, signing them and signing for the company.

use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{Terms, Waits};
use caravan_domain::agreements::row::AgreementRow;
use caravan_domain::agreements::standing::waits_for;
use caravan_domain::agreements::text::{AgreementDraft, Wording};
use caravan_domain::command::Command;
use caravan_domain::id::AgreementId;
use caravan_domain::role::Role;

use super::Work;
use crate::dice::Dice;
use crate::simulator::people::DIRECTOR;
use crate::simulator::phone::Phone;

/// Whoever runs the workspace mostly writes and asks, everybody else mostly signs; what each may not do is tried as well.
pub(super) fn agreement(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let all: Vec<_> = {
        let rows = phone.engine.rows();
        rows.agreements.iter().map(|(_, row)| row.clone()).collect()
    };
    let runs = match phone.number == DIRECTOR {
        true => dice.percent(85),
        false => dice.percent(10),
    };
    if !runs {
        return sign(phone, dice, &all).map(told);
    }
    if all.is_empty() || (all.len() < 3 && dice.percent(15)) {
        return Some((written(&word), Some(word)));
    }
    let row = dice.pick(&all)?;
    if row.versions.is_empty() {
        let agreement = row.id;
        return Some(told(AgreementCommand::Publish { agreement }));
    }
    match dice.below(8) {
        0 => Some((changed(row.id, &word), Some(word))),
        1 => {
            let agreement = row.id;
            Some(told(AgreementCommand::Publish { agreement }))
        }
        2..=4 => require(row, dice).map(told),
        5 => {
            let (agreement, archived) = (row.id, dice.percent(60));
            Some(told(AgreementCommand::SetArchived {
                agreement,
                archived,
            }))
        }
        _ => countersign(phone, dice, row.id).map(told),
    }
}

fn told(command: AgreementCommand) -> Work {
    (Command::Agreement(command), None)
}

pub(in crate::simulator) fn written(word: &str) -> Command {
    Command::Agreement(AgreementCommand::Add(draft(word)))
}

fn changed(agreement: AgreementId, word: &str) -> Command {
    Command::Agreement(AgreementCommand::Change {
        agreement,
        before: draft(""),
        after: draft(word),
    })
}

fn draft(word: &str) -> AgreementDraft {
    AgreementDraft {
        zh: Wording {
            title: "保密协议".into(),
            text: format!("客户资料归公司所有 {word}"),
        },
        ..AgreementDraft::default()
    }
}

/// Mostly what is asked for.
pub(in crate::simulator) fn sign(
    phone: &Phone,
    dice: &Dice,
    all: &[AgreementRow],
) -> Option<AgreementCommand> {
    let row = dice.pick(all)?;
    let asked = {
        let settled = phone.engine.settled();
        let requirement = settled.requirements.get(&row.id);
        requirement.and_then(|it| it.current().map(|asked| asked.digest))
    };
    let any = dice.pick(&row.versions).map(|version| version.digest);
    Some(AgreementCommand::Sign {
        agreement: row.id,
        version: asked.filter(|_| dice.percent(85)).or(any)?,
        name: "客户经理".into(),
        device: phone.device()?,
    })
}

/// What keeps this person from their clients, for whoever would rather work.
pub(super) fn sign_first(phone: &Phone, dice: &Dice) -> Option<Work> {
    let (me, settled) = (phone.person()?, phone.engine.settled());
    let rows = phone.engine.rows();
    let all = rows.agreements.iter().map(|(_, row)| row);
    let all: Vec<_> = all
        .filter(|row| waits_for(me, row.id, &settled))
        .cloned()
        .collect();
    sign(phone, dice, &all).map(told)
}

fn require(row: &AgreementRow, dice: &Dice) -> Option<AgreementCommand> {
    let waits = [Waits::Nobody, Waits::Newcomers, Waits::Everybody];
    let role = [Role::AccountManager, Role::TeamManager, Role::Director];
    let required_of = match dice.percent(20) {
        true => [].into(),
        false => [*dice.pick(&role)?].into(),
    };
    Some(AgreementCommand::Require {
        agreement: row.id,
        version: dice.pick(&row.versions)?.digest,
        terms: Terms {
            required_of,
            within_days: 7,
            waits: *dice.pick(&waits)?,
        },
    })
}

fn countersign(phone: &Phone, dice: &Dice, agreement: AgreementId) -> Option<AgreementCommand> {
    let settled = phone.engine.settled();
    let all = settled.signatures.iter();
    let all: Vec<_> = all.filter(|((_, of), _)| *of == agreement).collect();
    let ((person, _), signatures) = dice.pick(&all)?;
    Some(AgreementCommand::Countersign {
        agreement,
        person: *person,
        version: signatures.last()?.version,
        name: "总监".into(),
    })
}
