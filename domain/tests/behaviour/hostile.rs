//! Text that means harm somewhere: in a page, a query, a spreadsheet, a calendar. Here it is text.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::list::{ClientFilter, ClientList};
use caravan_domain::clients::record::{
    ClientDraft, ContactDraft, InteractionDraft, InteractionKind,
};
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::query::{Answer, Query};
use caravan_domain::search::{self, HaystackBuilder};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::ActionKind;
use proptest::prelude::*;

use crate::field::{ALICE, Field, contact, named, today, visit_to};

/// The same list goes through every file format and through the browser.
fn hostile() -> Vec<String> {
    let list = include_str!("../../../app/files/tests/data/hostile.json");
    serde_json::from_str(list).unwrap()
}

fn found(field: &Field, typed: &str) -> Vec<String> {
    let list = ClientList {
        filter: ClientFilter {
            search: typed.to_owned(),
            ..ClientFilter::default()
        },
        limit: 100,
        ..ClientList::default()
    };
    match field.ask(ALICE, &Query::Clients(list)) {
        Answer::Clients(page) => page.lines.into_iter().map(|line| line.name).collect(),
        other => panic!("clients were asked for, not {other:?}"),
    }
}

#[test]
fn a_name_that_cannot_be_seen_is_none() {
    let mut field = Field::new();
    for name in [
        "\u{200f}\u{200e}",
        "\u{200b}\u{200d}\u{feff}",
        " \u{2067}\u{3164}\u{3000}",
    ] {
        let create = Command::Client(ClientCommand::Create(named(name)));
        let refused = Err(CommandError::Blank(FormField::Name));
        assert_eq!(field.run(ALICE, create), refused, "{name:?}");
    }
}

#[test]
fn a_hostile_name_is_kept_as_it_is_and_found_as_it_is() {
    let mut field = Field::new();
    let list = hostile();
    for text in &list {
        let draft = ClientDraft {
            note: text.clone(),
            tags: [text.clone()].into(),
            contacts: vec![contact(text, &[])],
            ..named(text)
        };
        let client = field.create(ALICE, draft);
        let read = field.client(client).draft;
        assert_eq!(read.name, text.trim(), "{text:?}");
        assert_eq!(read.contacts[0].name, text.trim(), "{text:?}");
        assert_eq!(read.note.trim(), text.trim(), "{text:?}");
    }
    for text in &list {
        let found = found(&field, text);
        assert!(
            found.contains(&text.trim().to_owned()),
            "{text:?} finds {found:?}"
        );
    }
    // None of them is a pattern that stands for others.
    assert_eq!(found(&field, "%' OR name LIKE '%").len(), 1);
    assert_eq!(found(&field, "7-11"), ["7-11"]);
}

#[test]
fn a_megabyte_is_refused_at_every_field_and_nothing_is_written() {
    use FormField as F;
    let huge = "x".repeat(1 << 20);
    let with = |change: &dyn Fn(&mut ClientDraft)| {
        let mut draft = named("甲");
        change(&mut draft);
        Command::Client(ClientCommand::Create(draft))
    };
    let with_contact = |change: &dyn Fn(&mut ContactDraft)| {
        with(&|it| {
            it.contacts = vec![contact("张三", &[])];
            change(&mut it.contacts[0]);
        })
    };
    let task = |title: &str, detail: &str| {
        Command::Task(TaskCommand::Create(TaskDraft {
            title: title.to_owned(),
            detail: detail.to_owned(),
            ..crate::task_commands::draft(ALICE)
        }))
    };
    let mut field = Field::new();
    let client = field.create(ALICE, named("乙"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let visits = |command| Command::Visit(command);
    let cases = [
        (with(&|it| it.name.clone_from(&huge)), F::Name),
        (with(&|it| it.region.clone_from(&huge)), F::Region),
        (with(&|it| it.address.clone_from(&huge)), F::Address),
        (with(&|it| it.source.clone_from(&huge)), F::Source),
        (with(&|it| it.note.clone_from(&huge)), F::Note),
        (with(&|it| it.tags = [huge.clone()].into()), F::Tags),
        (with_contact(&|it| it.name.clone_from(&huge)), F::Name),
        (with_contact(&|it| it.note.clone_from(&huge)), F::Note),
        (task(&huge, ""), F::Title),
        (task("t", &huge), F::Note),
        (
            Command::Client(ClientCommand::LogInteraction {
                client,
                draft: InteractionDraft {
                    kind: InteractionKind::Note,
                    text: huge.clone(),
                    happened_at: None,
                    corrects: None,
                },
            }),
            F::Note,
        ),
        (
            visits(VisitCommand::WriteNote {
                client,
                visit,
                note: huge.clone(),
            }),
            F::Note,
        ),
        (
            visits(VisitCommand::DoAction {
                client,
                visit,
                action: ActionKind::ALL[0],
                text: huge.clone(),
            }),
            F::Note,
        ),
        (
            visits(VisitCommand::Cancel {
                client,
                visit,
                reason: huge.clone(),
            }),
            F::Note,
        ),
        (
            visits(VisitCommand::SetNext {
                client,
                visit,
                step: huge.clone(),
                on: None,
            }),
            F::NextStep,
        ),
    ];
    let before = field.trees.clone();
    for (number, (command, at)) in cases.into_iter().enumerate() {
        let refused = field.run(ALICE, command).unwrap_err();
        assert!(
            matches!(refused, CommandError::TooLong { field, .. } if field == at),
            "case {number}: {refused:?}"
        );
    }
    // What has a form of its own cannot be read any more.
    for (command, at) in [
        (with(&|it| it.code.clone_from(&huge)), F::Code),
        (with(&|it| it.position.clone_from(&huge)), F::Position),
        (with_contact(&|it| it.phones = vec![huge.clone()]), F::Phone),
        (
            with_contact(&|it| it.birthday.clone_from(&huge)),
            F::Birthday,
        ),
    ] {
        let refused = field.run(ALICE, command).unwrap_err();
        let read = matches!(refused, CommandError::Malformed(field) if field == at)
            || matches!(refused, CommandError::TooLong { field, .. } if field == at);
        assert!(read, "{at:?}: {refused:?}");
    }
    assert_eq!(field.trees, before);
    for change in [PersonChange::Name(huge.clone()), PersonChange::Phone(huge)] {
        let person = ALICE;
        let change = PeopleDecision::ChangePerson { person, change };
        let decided = field.decide(ALICE, &Decision::People(change));
        assert_eq!(decided, Err(Refusal::BadName));
    }
}

proptest! {
    /// Whatever somebody is called: rows and searches take it, and what was typed finds it again.
    #[test]
    fn any_name_is_found_by_itself(name in "(\\PC|[\u{0}-\u{1f}\u{200b}-\u{200f}\u{202a}-\u{202e}<>'\"=+@;,-]){1,40}") {
        let mut haystack = HaystackBuilder::new();
        haystack.name(&name);
        haystack.tag(&name);
        haystack.phone(&name);
        haystack.text(&name);
        let haystack = haystack.finish();
        if let Some(query) = search::Query::parse(&name) {
            prop_assert!(query.matches(&haystack), "{name:?} in {haystack:?}");
            prop_assert!(query.rank(&haystack).is_some());
        }
    }
}
