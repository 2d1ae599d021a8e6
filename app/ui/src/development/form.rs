use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::Command,
    development::{
        command::{DevelopmentCommand, ItemDraft},
        list::DevelopmentFile,
        record::{Item, ItemKind, LinkTo, Side},
    },
    id::{Id, PersonId},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, person_of},
    item::side_name,
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, DateField, Form, Page, RestoredNote, SegmentedControl,
        SelectField, TextArea, use_past_the_form, use_toasts,
    },
};

/// Until a step that is newly written.
const USUAL_DAYS: i64 = 30;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
    due: String,
    whose: Side,
    /// As [`LinkTo`] is written; empty for none.
    link: String,
}

impl Typed {
    fn of(item: &Item) -> Self {
        Self {
            text: item.text.clone(),
            due: item.due.map(|due| due.to_string()).unwrap_or_default(),
            whose: item.whose,
            link: item.link.map(|link| link.to_string()).unwrap_or_default(),
        }
    }

    fn draft(&self, kind: ItemKind) -> ItemDraft {
        ItemDraft {
            kind,
            text: self.text.clone(),
            due: parse_day(&self.due),
            whose: self.whose,
            link: self.link.parse().ok(),
        }
    }
}

/// A new aim or step, or another in the place of one.
#[component]
pub(super) fn ItemPage() -> impl IntoView {
    let params = use_params_map();
    let person = params.with_untracked(person_of);
    let word = params.with_untracked(|params| params.get("item").unwrap_or_default());
    let file = use_engine().development(move || person);
    let (kind, item) = (word.parse::<ItemKind>().ok(), word.parse::<Id>().ok());
    // The form opens once; what comes meanwhile does not overwrite what is being typed.
    let opened = Memo::new(
        move |before: Option<&Option<(DevelopmentFile, Option<Item>)>>| {
            if let Some(Some(opened)) = before {
                return Some(opened.clone());
            }
            let file = *file.get().flatten()?;
            let mut all = file.aims.iter().chain(&file.steps);
            let found = all.find(|it| Some(it.item.id) == item);
            let found = found.map(|it| it.item.clone());
            (kind.is_some() || found.is_some()).then_some((file, found))
        },
    );
    let title = [
        tr!(development.new_aim),
        tr!(development.new_step),
        tr!(development.change_aim),
        tr!(development.change_step),
    ];
    let title = Signal::derive(move || {
        let changed = opened.with(|opened| Some(opened.as_ref()?.1.as_ref()?.kind));
        let place = match (kind, changed) {
            (Some(ItemKind::Aim), _) => 0,
            (Some(ItemKind::Step), _) => 1,
            (None, Some(ItemKind::Aim)) => 2,
            (None, _) => 3,
        };
        title[place].get()
    });
    view! {
        <Page title known_as=tr!(development.title) back=address::page(person)>
            {move || {
                opened
                    .get()
                    .map(|(file, item)| {
                        let kind = item.as_ref().map(|it| it.kind).or(kind).unwrap_or_default();
                        view! { <ItemForm person file item kind /> }
                    })
            }}
        </Page>
    }
}

#[component]
fn ItemForm(
    person: PersonId,
    file: DevelopmentFile,
    item: Option<Item>,
    kind: ItemKind,
) -> impl IntoView {
    let changed = item.as_ref().map(|it| it.id);
    let key = match changed {
        Some(item) => item.to_string(),
        None => kind.word().to_owned(),
    };
    let fresh = || Typed {
        due: plus_days(now().day(), USUAL_DAYS).to_string(),
        ..Typed::default()
    };
    let initial = item.as_ref().map_or_else(fresh, Typed::of);
    let draft = use_draft(format!("development/{person}/{key}"), initial);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let (open, said) = (
        StoredValue::new(use_past_the_form()),
        tr!(development.saved),
    );
    let save = move || {
        let draft = draft.value.with_untracked(|typed| typed.draft(kind));
        let command = match changed {
            Some(item) => DevelopmentCommand::Change {
                person,
                item,
                draft,
            },
            None => DevelopmentCommand::Add(person, draft),
        };
        submit.run(Command::Development(command), move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open(&address::page(person)));
        });
    };
    let is_step = kind == ItemKind::Step;
    let what = match kind {
        ItemKind::Aim => tr!(development.what_aim),
        ItemKind::Step => tr!(development.what_step),
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextArea label=what bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text) />
            {is_step
                .then(|| {
                    view! {
                        <DateField
                            label=tr!(development.due)
                            bind=draft.bind(|typed| &typed.due, |typed| &mut typed.due)
                        />
                        <Whose typed=draft.value />
                    }
                })}
            <SelectField
                label=tr!(development.link)
                bind=draft.bind(|typed| &typed.link, |typed| &mut typed.link)
                options=links(&file)
            />
            <Refused submit />
            <Button
                label=tr!(development.save)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}

#[component]
fn Whose(typed: RwSignal<Typed>) -> impl IntoView {
    let sides = Side::ALL.iter().map(|side| (*side, side_name(*side)));
    let sides: Vec<_> = sides.collect();
    let options = Signal::derive(move || {
        let sides = sides.iter();
        sides
            .map(|(side, name)| (side.word().to_owned(), name.get()))
            .collect::<Vec<_>>()
    });
    let bind = Bound::word(typed, |typed| typed.whose.word(), |typed| &mut typed.whose);
    view! { <SegmentedControl label=tr!(development.whose) bind options /> }
}

/// Courses, the person's goals, and the next grade.
fn links(file: &DevelopmentFile) -> Signal<Vec<(String, String)>> {
    let mut named = vec![
        (String::new(), tr!(development.link_none)),
        (LinkTo::Grade.to_string(), tr!(development.link_grade)),
    ];
    named.extend(file.courses.iter().map(|(course, title)| {
        let title = title.clone();
        let label = tr!(development.link_course, title = title.clone());
        (LinkTo::Course(*course).to_string(), label)
    }));
    named.extend(file.goals.iter().map(|(goal, title)| {
        let title = title.clone();
        let label = tr!(development.link_goal, title = title.clone());
        (LinkTo::Goal(*goal).to_string(), label)
    }));
    Signal::derive(move || {
        let named = named.iter();
        named
            .map(|(value, name)| (value.clone(), name.get()))
            .collect()
    })
}
