//! Writing clients down, changing, importing, sharing and archiving them.

use caravan_domain::clients::command::{ClientCommand, ImportedClient};
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::clients::record::{
    ClientDraft, ContactDraft, Grade, InteractionDraft, InteractionKind, Stage,
};
use caravan_domain::command::Command;
use caravan_domain::conflict::Contestable;
use caravan_domain::id::{BatchId, ClientId, Id};

use super::{Work, any_client, anybody, conflicts, file, next_word};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(in crate::simulator) fn create(phone: &Phone, dice: &Dice) -> Work {
    create_with(next_word(phone), dice)
}

/// Something about one client.
pub(in crate::simulator) fn change(phone: &Phone, client: ClientId, dice: &Dice) -> Option<Work> {
    let word = next_word(phone);
    change_with(phone, client, dice, word)
}

/// The field that two people are most likely to write at once.
pub(in crate::simulator) fn rename(phone: &Phone, client: ClientId) -> Option<Work> {
    let word = next_word(phone);
    let before = file(phone, client)?.client.draft;
    let mut after = before.clone();
    after.name = format!("商行 {word}");
    Some((changed(client, before, after), Some(word)))
}

pub(super) fn create_with(word: String, dice: &Dice) -> Work {
    let create = ClientCommand::Create(draft(&word, dice));
    (Command::Client(create), Some(word))
}

fn draft(word: &str, dice: &Dice) -> ClientDraft {
    ClientDraft {
        name: format!("商行 {word}"),
        grade: *dice.pick(Grade::ALL).unwrap_or(&Grade::C),
        tags: [dice.pick(&["red", "blue"]).unwrap_or(&"red").to_string()].into(),
        contacts: vec![ContactDraft {
            name: "张三".into(),
            phones: vec!["13800138000".into()],
            ..ContactDraft::default()
        }],
        ..ClientDraft::default()
    }
}

pub(super) fn import(word: String, dice: &Dice) -> Option<Work> {
    let rows = (0..1 + dice.below(3)).map(|_| ImportedClient {
        client: ClientId(Id::from_bytes(dice.bytes())),
        draft: draft(&word, dice),
        owner: None,
        followed_up_at: None,
    });
    let import = ClientCommand::Import {
        batch: BatchId(Id::from_bytes(dice.bytes())),
        clients: rows.collect(),
    };
    Some((Command::Client(import), Some(word)))
}

fn changed(client: ClientId, before: ClientDraft, after: ClientDraft) -> Command {
    Command::Client(ClientCommand::Change {
        client,
        before,
        after,
    })
}

pub(super) fn change_with(
    phone: &Phone,
    client: ClientId,
    dice: &Dice,
    word: String,
) -> Option<Work> {
    let before = file(phone, client)?.client.draft;
    let mut after = before.clone();
    match dice.below(8) {
        0 => after.name = format!("商行 {word}"),
        1 => after.address = word.clone(),
        2 => after.note = format!("{}{word}\n", after.note),
        3 => after.note = format!("{word} {}", after.note),
        4 => drop(after.tags.insert(word.clone())),
        5 => {
            after.contacts.push(ContactDraft {
                name: word.clone(),
                ..ContactDraft::default()
            });
        }
        6 => {
            after.grade = *dice.pick(Grade::ALL)?;
            after.stage = *dice.pick(Stage::ALL)?;
        }
        _ => {
            let tag = *dice.pick(&["red", "blue"])?;
            if !after.tags.remove(tag) {
                after.tags.insert(tag.into());
            }
            if let Some(contact) = after.contacts.first_mut() {
                contact.title = format!("{}", dice.below(3));
                contact.phones.push(format!("1380013800{}", dice.below(10)));
            }
        }
    }
    let written = (after.name.contains(&word))
        || after.address == word
        || after.note.contains(&word)
        || after.tags.contains(&word)
        || after.contacts.iter().any(|contact| contact.name == word);
    Some((changed(client, before, after), written.then_some(word)))
}

pub(super) fn log_interaction(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let command = ClientCommand::LogInteraction {
        client: any_client(phone, dice)?,
        draft: InteractionDraft {
            kind: InteractionKind::Call,
            text: word.clone(),
            happened_at: None,
            corrects: None,
        },
    };
    Some((Command::Client(command), Some(word)))
}

/// Picks one of the values of a contested field.
pub(in crate::simulator) fn settle_conflict(phone: &Phone, dice: &Dice) -> Option<Work> {
    let contested: Vec<_> = {
        let rows = phone.engine.rows();
        let contested = rows.clients.values().filter(|row| row.conflicts > 0);
        contested.map(|row| row.id).collect()
    };
    let client = *dice.pick(&contested)?;
    let conflicts = conflicts(phone, Contestable::Client(client))?;
    let conflict = dice.pick(&conflicts)?;
    let picked = dice.pick(&conflict.values)?;
    let command = Command::Resolve {
        document: client.into(),
        path: conflict.path.clone(),
        value: picked.value.clone(),
    };
    Some((command, None))
}

/// Who has a client, who else may see it, and whether it is in anybody's list.
pub(super) fn own(phone: &Phone, dice: &Dice) -> Option<Command> {
    let client = any_client(phone, dice)?;
    let person = anybody(phone, dice)?;
    Some(Command::Client(match dice.below(8) {
        0..=1 => ClientCommand::Assign {
            clients: vec![client],
            owner: person,
        },
        2..=3 => ClientCommand::Share {
            client,
            with: person,
        },
        4 => ClientCommand::Unshare {
            client,
            with: person,
        },
        5 => ClientCommand::Archive(client),
        6 => ClientCommand::Restore(client),
        _ => undo_import(phone, dice)?,
    }))
}

/// Any client, for any reason.
pub(super) fn erase(phone: &Phone, dice: &Dice) -> Option<Command> {
    Some(Command::Client(ClientCommand::Erase(EraseClient {
        client: any_client(phone, dice)?,
        reason: *dice.pick(&ErasureReason::ALL)?,
    })))
}

fn undo_import(phone: &Phone, dice: &Dice) -> Option<ClientCommand> {
    let rows = phone.engine.rows();
    let batches: Vec<_> = rows.clients.values().filter_map(|row| row.batch).collect();
    let batch = *dice.pick(&batches)?;
    let of_batch = rows.clients.values().filter(|row| row.batch == Some(batch));
    Some(ClientCommand::UndoImport {
        batch,
        clients: of_batch.map(|row| row.id).collect(),
    })
}
