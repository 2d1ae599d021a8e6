//! What people do on their phones, drawn from what their phones show.

use caravan_domain::clients::command::{ClientCommand, ImportedClient};
use caravan_domain::clients::file::ClientFile;
use caravan_domain::clients::record::{
    ClientDraft, ContactDraft, Grade, InteractionDraft, InteractionKind, Stage,
};
use caravan_domain::command::Command;
use caravan_domain::facts::PersonStatus;
use caravan_domain::id::{BatchId, BlobHash, ClientId, Id, PersonId, VisitId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::record::{TaskDraft, TaskKind, TaskStatus};
use caravan_domain::visits::command::{NewPhoto, VisitCommand};
use caravan_domain::visits::record::{PositionReading, VisitDraft, VisitKind};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::dice::Dice;
use super::people::{ANN_AT_HOME, DIRECTOR, NORTH, SOUTH};
use super::phone::Phone;

/// A command, and the word in it by which it can be found again.
pub(super) type Work = (Command, Option<String>);

/// `None` when the phone shows nothing to do it with.
pub(super) fn draw(phone: &Phone, dice: &Dice) -> Option<Work> {
    let word = word(phone);
    if phone.number == DIRECTOR && dice.percent(12) {
        return Some((run_workspace(phone, dice)?, None));
    }
    match dice.below(20) {
        0..=2 => Some((
            Command::Client(ClientCommand::Create(draft(&word, dice))),
            Some(word),
        )),
        3 => Some((import(&word, dice), Some(word))),
        4..=8 => change_client(phone, dice, word),
        9..=10 => log_interaction(phone, dice, word),
        11..=14 => visit(phone, dice, word),
        15..=16 => task(phone, dice, word),
        17 => settle_conflict(phone, dice),
        _ => Some((own(phone, dice)?, None)),
    }
}

/// A letter of its own, so that it survives as it is where texts are compared letter by letter.
fn word(phone: &Phone) -> String {
    let place = 1000 * phone.number + phone.draws;
    let letter = u32::try_from(place)
        .ok()
        .and_then(|place| char::from_u32(0x3400 + place));
    letter
        .map(|letter| letter.to_string().repeat(3))
        .unwrap_or_default()
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

fn import(word: &str, dice: &Dice) -> Command {
    let rows = (0..1 + dice.below(3)).map(|_| ImportedClient {
        client: ClientId(Id::from_bytes(dice.bytes())),
        draft: draft(word, dice),
        owner: None,
        followed_up_at: None,
    });
    Command::Client(ClientCommand::Import {
        batch: BatchId(Id::from_bytes(dice.bytes())),
        clients: rows.collect(),
    })
}

fn file(phone: &Phone, dice: &Dice) -> Option<ClientFile> {
    let clients: Vec<_> = phone.engine.rows().clients.keys().copied().collect();
    let client = *dice.pick(&clients)?;
    match block_on(phone.engine.answer(&Ask::Client(client))) {
        Ok(Told::Client(file)) => file.map(|file| *file),
        told => panic!("{told:?} instead of {client}, which has a row"),
    }
}

fn change_client(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let file = file(phone, dice)?;
    let before = file.client.draft;
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
    let command = ClientCommand::Change {
        client: file.client.id,
        before,
        after,
    };
    Some((Command::Client(command), written.then_some(word)))
}

fn log_interaction(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let command = ClientCommand::LogInteraction {
        client: file(phone, dice)?.client.id,
        draft: InteractionDraft {
            kind: InteractionKind::Call,
            text: word.clone(),
            happened_at: None,
            corrects: None,
        },
    };
    Some((Command::Client(command), Some(word)))
}

fn visit(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let client = file(phone, dice)?.client.id;
    let visits: Vec<VisitId> = {
        let rows = phone.engine.rows();
        rows.visits
            .keys()
            .filter(|(of, _)| *of == client)
            .map(|(_, visit)| *visit)
            .collect()
    };
    let reading = PositionReading::At(format!("geo:31.{},121.47;u=15", dice.below(9)));
    let Some(visit) = dice.pick(&visits).copied().filter(|_| dice.percent(75)) else {
        let command = match dice.percent(50) {
            true => VisitCommand::DropIn {
                client,
                kind: VisitKind::Regular,
                reading,
            },
            false => VisitCommand::Plan(VisitDraft {
                client,
                kind: VisitKind::Service,
                planned_on: phone.engine.today(),
                planned_at: String::new(),
                purpose: word.clone(),
                by: phone.person()?,
                with: Default::default(),
            }),
        };
        let written = matches!(command, VisitCommand::Plan(_)).then_some(word);
        return Some((Command::Visit(command), written));
    };
    let (command, written) = match dice.below(5) {
        0 => (
            VisitCommand::CheckIn {
                client,
                visit,
                reading,
            },
            false,
        ),
        1 => (
            VisitCommand::CheckOut {
                client,
                visit,
                reading,
            },
            false,
        ),
        2 => (
            VisitCommand::WriteNote {
                client,
                visit,
                note: format!("谈了 {word}"),
            },
            true,
        ),
        3 => (
            VisitCommand::SetNext {
                client,
                visit,
                step: word.clone(),
                on: None,
            },
            true,
        ),
        _ => {
            let photo = NewPhoto {
                hash: BlobHash(dice.bytes()),
                bytes: 1000,
                width: 10,
                height: 10,
            };
            (
                VisitCommand::AddPhoto {
                    client,
                    visit,
                    photo,
                },
                false,
            )
        }
    };
    Some((Command::Visit(command), written.then_some(word)))
}

fn task(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let tasks: Vec<_> = phone.engine.rows().tasks.keys().copied().collect();
    match dice.pick(&tasks).copied().filter(|_| dice.percent(50)) {
        Some((assignee, task)) => {
            let command = match dice.percent(50) {
                true => TaskCommand::SetProgress {
                    assignee,
                    task,
                    percent: u8::try_from(dice.below(100)).ok()?,
                },
                false => TaskCommand::SetStatus {
                    assignee,
                    task,
                    status: *dice.pick(&[TaskStatus::UnderWay, TaskStatus::Done])?,
                },
            };
            Some((Command::Task(command), None))
        }
        None => {
            let create = TaskCommand::Create(TaskDraft {
                assignee: anybody(phone, dice)?,
                title: word.clone(),
                detail: String::new(),
                kind: TaskKind::default(),
                due: None,
                client: None,
            });
            Some((Command::Task(create), Some(word)))
        }
    }
}

fn settle_conflict(phone: &Phone, dice: &Dice) -> Option<Work> {
    let file = file(phone, dice)?;
    let conflict = dice.pick(&file.conflicts)?;
    let picked = dice.pick(&conflict.values)?;
    let command = Command::Resolve {
        document: file.client.id.into(),
        path: conflict.path.clone(),
        value: picked.value.clone(),
    };
    Some((command, None))
}

/// Who has a client, and who else may see it.
fn own(phone: &Phone, dice: &Dice) -> Option<Command> {
    let clients: Vec<_> = phone.engine.rows().clients.keys().copied().collect();
    let client = *dice.pick(&clients)?;
    let person = anybody(phone, dice)?;
    Some(Command::Client(match dice.below(5) {
        0..=1 => ClientCommand::Assign {
            clients: vec![client],
            owner: person,
        },
        2 => ClientCommand::Share {
            client,
            with: person,
        },
        3 => ClientCommand::Unshare {
            client,
            with: person,
        },
        _ => ClientCommand::Archive(client),
    }))
}

fn run_workspace(phone: &Phone, dice: &Dice) -> Option<Command> {
    let person = anybody(phone, dice).filter(|person| Some(*person) != phone.person())?;
    let change = match dice.below(10) {
        0..=3 => PersonChange::Team(*dice.pick(&[None, Some(NORTH), Some(SOUTH)])?),
        4..=7 => PersonChange::Roles(
            [*dice.pick(&[Role::AccountManager, Role::TeamManager, Role::Director])?].into(),
        ),
        8 => PersonChange::Status(PersonStatus::Suspended),
        _ => {
            let details = phone.engine.settled().device_details.clone();
            let home = details.keys().nth(ANN_AT_HOME)?;
            return Some(Command::People(PeopleDecision::RevokeDevice {
                device: *home,
            }));
        }
    };
    // Rarely is anybody sent away, or there would soon be nobody to look at.
    if matches!(change, PersonChange::Status(_)) && !dice.percent(30) {
        return None;
    }
    Some(Command::People(PeopleDecision::ChangePerson {
        person,
        change,
    }))
}

fn anybody(phone: &Phone, dice: &Dice) -> Option<PersonId> {
    let people: Vec<_> = phone.engine.settled().people.keys().copied().collect();
    dice.pick(&people).copied()
}
