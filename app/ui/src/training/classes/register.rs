//! Who was there: a list of names with big toggles, each of which is saved as it is tapped.

use std::collections::BTreeMap;

use caravan_domain::{
    command::Command,
    id::{ClassId, PersonId},
    training::{
        classes::{
            decision::{Attendance, ClassDecision},
            view::{ClassFile, ClassSeat},
        },
        command::TrainingCommand,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::AttendanceNames;
use crate::{
    engine::{Perform, use_perform},
    ui::{Badge, Bound, Button, SectionTitle, SegmentedControl, Show, Tone},
};

#[component]
pub(super) fn Register(id: Memo<ClassId>, file: Memo<Option<ClassFile>>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(classes.mark_said);
    let people = Memo::new(move |_| {
        file.with(|file| {
            let others = file.iter().flat_map(|file| &file.people);
            others.filter(|it| it.may_mark).cloned().collect::<Vec<_>>()
        })
    });
    // Rows stay while their marks change, so that the thumb finds them where they were.
    let names = Memo::new(move |_| {
        people.with(|people| {
            people
                .iter()
                .map(|it| (it.person, it.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let begun = Memo::new(move |_| {
        let marks = |file: &ClassFile| file.begun && !file.line.class.called_off;
        file.with(|file| file.as_ref().is_some_and(marks))
    });
    let open = Memo::new(move |_| {
        people.with(|people| {
            let open = people.iter().filter(|it| it.seat.marked.is_none());
            open.map(|it| it.person).collect::<Vec<_>>()
        })
    });
    let all_present = move || {
        let open = open.get_untracked().into_iter();
        mark(
            perform,
            id,
            open.map(|person| (person, Attendance::Present)).collect(),
            said,
        );
    };
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <SectionTitle label=tr!(classes.register) />
            <Show when=move || begun.get() && open.with(|open| open.len() > 1)>
                <div class="px-4 pb-2">
                    <Button label=tr!(classes.all_present) icon=icons::LuCheckCheck on_press=all_present />
                </div>
            </Show>
            <ul class="divide-y divide-line" aria-label=tr!(classes.register)>
                {move || {
                    names
                        .get()
                        .into_iter()
                        .map(|(person, name)| view! { <Name id people begun person name /> })
                        .collect_view()
                }}
            </ul>
        </Show>
    }
}

fn mark(
    perform: Perform,
    id: Memo<ClassId>,
    marks: BTreeMap<PersonId, Attendance>,
    said: Signal<String>,
) {
    let command = TrainingCommand::Class {
        class: id.get_untracked(),
        decision: ClassDecision::Mark(marks),
    };
    perform.run(Command::Training(command), said.get_untracked());
}

#[component]
fn Name(
    id: Memo<ClassId>,
    people: Memo<Vec<ClassSeat>>,
    begun: Memo<bool>,
    person: PersonId,
    name: String,
) -> impl IntoView {
    let perform = use_perform();
    let names = AttendanceNames::new();
    let seat = Memo::new(move |_| {
        people.with(|people| people.iter().find(|it| it.person == person).cloned())
    });
    let said = {
        let name = name.clone();
        tr!(classes.marked_said, name = name.clone())
    };
    let bind = Bound {
        value: Signal::derive(move || {
            let marked = seat.get().and_then(|it| it.seat.marked);
            marked
                .map(|it| it.attendance.word())
                .unwrap_or_default()
                .to_owned()
        }),
        set: Callback::new(move |word: String| {
            if let Ok(attendance) = word.parse() {
                mark(perform, id, [(person, attendance)].into(), said);
            }
        }),
    };
    let label = {
        let name = name.clone();
        tr!(classes.attendance_of, name = name.clone())
    };
    let (attended, of) = seat
        .get_untracked()
        .map(|it| (it.attended, it.of))
        .unwrap_or_default();
    view! {
        <li class="flex flex-col gap-2 px-4 py-3">
            <span class="flex flex-wrap items-center justify-between gap-x-3">
                <a class="flex min-h-11 items-center font-medium" href=format!("/training/people/{person}")>
                    <bdi>{name}</bdi>
                </a>
                {move || {
                    let seat = seat.get()?.seat;
                    let (label, tone) = match seat.coming? {
                        true => (tr!(classes.is_coming), Tone::Good),
                        false => (tr!(classes.is_not_coming), Tone::Neutral),
                    };
                    Some(view! { <Badge label tone=Signal::stored(tone) /> })
                }}
                {(of > 0)
                    .then(|| {
                        view! {
                            <span class="text-sm text-muted tabular-nums">
                                {tr!(classes.attended_of, attended = attended, of = of)}
                            </span>
                        }
                    })}
            </span>
            <Show when=move || begun.get()>
                <SegmentedControl label bind options=names.options() />
            </Show>
        </li>
    }
}
