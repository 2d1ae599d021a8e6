use caravan_domain::handovers::{
    capsule::{Capsule, HandedBirthday, HandedContact, HandedTask, HandedVisit},
    view::{CapsuleFile, TalkLine},
};
use leptos::prelude::*;

use super::words::{Words, why_name};
use crate::{
    clients::{GradeNames, StageNames, interaction_name},
    format::use_format,
    ui::{List, ListRow, SectionTitle},
};

/// A capsule as a sheet of A4: who, why, what was promised, whom to call, what was talked about last.
#[component]
pub(super) fn CapsuleSheet(file: CapsuleFile) -> impl IntoView {
    let capsule = file.capsule.clone();
    let note = capsule.note.clone();
    view! {
        <div class="sheet-a4">
            <Head file=file.clone() />
            {(!note.is_empty())
                .then(|| {
                    view! {
                        <blockquote class="mx-4 my-3 border-s-3 border-primary ps-3 whitespace-pre-line" dir="auto">
                            {note}
                        </blockquote>
                    }
                })}
            <Promises capsule=capsule.clone() />
            <AsItStood capsule=capsule.clone() />
            <Contacts contacts=capsule.contacts.clone() />
            <Birthdays birthdays=capsule.birthdays />
            <Talks talks=file.talks />
        </div>
    }
}

#[component]
fn Head(file: CapsuleFile) -> impl IntoView {
    let format = use_format();
    let why = why_name(file.capsule.why);
    let (from, to, by) = (file.from_name, file.to_name, file.by_name);
    let (at, read_at, reader) = (file.capsule.at, file.capsule.read_at(), to.clone());
    let direction = tr!(handovers.from_to, from = from.clone(), to = to.clone());
    let about = tr!(
        handovers.about,
        why = why.get(),
        name = by.clone(),
        when = format.moment(at)
    );
    let read = read_at.map(|at| {
        tr!(
            handovers.read_by,
            name = reader.clone(),
            when = format.moment(at)
        )
    });
    view! {
        <header class="px-4 pb-2">
            <h2 class="text-xl font-semibold">
                <bdi>{file.capsule.name}</bdi>
            </h2>
            <p>{direction}</p>
            <p class="text-sm text-muted">{about}</p>
            {read.map(|read| view! { <p class="text-sm text-success">{read}</p> })}
        </header>
    }
}

/// Visits, tasks and the next step that the successor now owes.
#[component]
fn Promises(capsule: Capsule) -> impl IntoView {
    let format = use_format();
    let words = Words::new();
    let (client, to) = (capsule.client, capsule.to);
    let next = (!capsule.next_step.is_empty() || capsule.next_on.is_some()).then(|| {
        let (step, on) = (capsule.next_step.clone(), capsule.next_on);
        let detail = Signal::derive(move || words.due(on));
        let label = tr!(handovers.next_step);
        let title = Signal::derive(move || match step.is_empty() {
            true => label.get(),
            false => step.clone(),
        });
        view! { <ListRow title detail icon=icondata_lu::LuArrowRight /> }
    });
    let visits = capsule.visits.into_iter().map(move |visit| {
        let HandedVisit {
            visit,
            on,
            at,
            purpose,
        } = visit;
        let title = tr!(handovers.visit);
        let detail = Signal::derive(move || {
            let parts = [format.day(on), at.clone(), purpose.clone()].into_iter();
            let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        });
        let href = format!("/visits/{client}/{visit}");
        view! { <ListRow title detail href icon=icondata_lu::LuMapPin /> }
    });
    let tasks = capsule.tasks.into_iter().map(move |task| {
        let HandedTask { task, title, due } = task;
        let detail = Signal::derive(move || words.due(due));
        let href = format!("/tasks/{to}/{task}");
        view! { <ListRow title=Signal::stored(title) detail href icon=icondata_lu::LuSquareCheck /> }
    });
    let (visits, tasks) = (visits.collect::<Vec<_>>(), tasks.collect::<Vec<_>>());
    let nothing = next.is_none() && visits.is_empty() && tasks.is_empty();
    view! {
        <SectionTitle label=tr!(handovers.promises) />
        {match nothing {
            true => view! { <p class="px-4 text-muted">{tr!(handovers.no_promises)}</p> }.into_any(),
            false => {
                view! {
                    <List label=tr!(handovers.promises)>{next} {visits} {tasks}</List>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn AsItStood(capsule: Capsule) -> impl IntoView {
    let format = use_format();
    let (stages, grades) = (StageNames::new(), GradeNames::new());
    let (grade, stage, touched) = (capsule.grade, capsule.stage, capsule.touched_at);
    let never = tr!(handovers.never);
    let spoken =
        Signal::derive(move || format!("{} · {}", grades.spoken(grade), stages.name(stage)));
    let touched = Signal::derive(move || match touched {
        Some(at) => format.moment(at),
        None => never.get(),
    });
    view! {
        <SectionTitle label=tr!(handovers.as_it_stood) />
        <dl class="divide-y divide-line">
            <Fact label=tr!(handovers.standing) text=spoken />
            <Fact label=tr!(handovers.last_contact) text=touched />
            {(!capsule.address.is_empty())
                .then(|| view! { <Fact label=tr!(clients.address) text=Signal::stored(capsule.address) /> })}
        </dl>
    }
}

#[component]
fn Fact(label: Signal<String>, text: Signal<String>) -> impl IntoView {
    view! {
        <div class="flex gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 flex-1 break-words">
                <bdi>{text}</bdi>
            </dd>
        </div>
    }
}

#[component]
fn Contacts(contacts: Vec<HandedContact>) -> impl IntoView {
    (!contacts.is_empty()).then(|| {
        let rows = contacts.into_iter().map(|contact| {
            let parts = [contact.title, contact.phone.clone()].into_iter();
            let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            view! {
                <ListRow
                    title=Signal::stored(contact.name)
                    detail=parts.join(" · ")
                    href=(!contact.phone.is_empty()).then(|| format!("tel:{}", contact.phone))
                    icon=icondata_lu::LuPhone
                />
            }
        });
        let rows = rows.collect::<Vec<_>>();
        view! {
            <SectionTitle label=tr!(clients.contacts) />
            <List label=tr!(clients.contacts)>{rows}</List>
        }
    })
}

#[component]
fn Birthdays(birthdays: Vec<HandedBirthday>) -> impl IntoView {
    let format = use_format();
    (!birthdays.is_empty()).then(|| {
        let rows = birthdays.into_iter().map(|birthday| {
            let on = birthday.on;
            view! {
                <ListRow
                    title=Signal::stored(birthday.contact)
                    detail=Signal::derive(move || format.day(on))
                    icon=icondata_lu::LuCake
                />
            }
        });
        let rows = rows.collect::<Vec<_>>();
        view! {
            <SectionTitle label=tr!(handovers.birthdays) />
            <List label=tr!(handovers.birthdays)>{rows}</List>
        }
    })
}

#[component]
fn Talks(talks: Vec<TalkLine>) -> impl IntoView {
    let format = use_format();
    (!talks.is_empty()).then(|| {
        let rows = talks.into_iter().map(|talk| {
            let (kind, at, by) = (interaction_name(talk.kind), talk.at, talk.by_name);
            view! {
                <li class="px-4 py-2">
                    <p class="text-sm text-muted">
                        {move || format!("{} · {} · {by}", kind.get(), format.moment(at))}
                    </p>
                    <p class="break-words whitespace-pre-line" dir="auto">
                        {talk.text}
                    </p>
                </li>
            }
        });
        let rows = rows.collect::<Vec<_>>();
        view! {
            <SectionTitle label=tr!(handovers.talks) />
            <List label=tr!(handovers.talks)>{rows}</List>
        }
    })
}
