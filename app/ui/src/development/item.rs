//! One aim or step: what it says, who stands behind it, and whether it is done.

use caravan_domain::{
    command::Command,
    development::{
        command::DevelopmentCommand,
        list::ItemLine,
        record::{ItemKind, LinkTo, Side},
    },
    id::PersonId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, drop::DropButton};
use crate::{
    engine::use_perform,
    format::use_format,
    sync::path_of,
    ui::{Badge, Bound, CheckField, LinkButton, Tone},
};

pub(super) fn side_name(side: Side) -> Signal<String> {
    match side {
        Side::Person => tr!(development.whose_person),
        Side::Manager => tr!(development.whose_manager),
    }
}

#[component]
pub(super) fn ItemRow(person: PersonId, line: ItemLine, may: bool) -> impl IntoView {
    let format = use_format();
    let item = line.item.clone();
    let done = line.done.clone();
    let due = item.due.map(|due| {
        let who = side_name(item.whose);
        tr!(
            development.due_on,
            day = format.near_day(due),
            who = who.get()
        )
    });
    let waits = [
        (!line.by_person).then(|| tr!(development.waits_person)),
        (!line.by_manager).then(|| tr!(development.waits_manager)),
    ];
    let waits = waits.into_iter().flatten();
    let waits = waits.map(|label| view! { <Badge label tone=Tone::Warning /> });
    let ticked = done.map(|(name, at)| {
        tr!(
            development.done_by,
            name = name.clone(),
            when = format.moment(at)
        )
    });
    let is_done = ticked.is_some();
    let said = match item.kind {
        ItemKind::Step if may => view! { <TickField person line=line.clone() /> }.into_any(),
        _ => view! {
            <p class="py-2 break-words whitespace-pre-line">
                <bdi>{item.text.clone()}</bdi>
            </p>
        }
        .into_any(),
    };
    let change = (may && !is_done).then(|| {
        view! {
            <div class="flex flex-wrap gap-2">
                <LinkButton
                    label=tr!(development.change)
                    href=address::change(person, item.id)
                    icon=icons::LuPencil
                />
                <DropButton person item=item.id text=item.text.clone() />
            </div>
        }
    });
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            {said} {due.map(|due| view! { <p class="text-sm text-muted">{due}</p> })}
            <LinkLine person line=line.clone() />
            {ticked.map(|ticked| view! { <p class="text-sm text-muted"><bdi>{ticked}</bdi></p> })}
            <p class="flex flex-wrap gap-3 empty:hidden">{waits.collect_view()}</p>
            {change}
        </li>
    }
}

#[component]
fn TickField(person: PersonId, line: ItemLine) -> impl IntoView {
    let perform = use_perform();
    let (item, done) = (line.item.id, line.done.is_some());
    let saved = tr!(development.saved);
    let bind = Bound {
        value: Signal::stored(done),
        set: Callback::new(move |done: bool| {
            let command = DevelopmentCommand::Tick { person, item, done };
            perform.run(Command::Development(command), saved.get_untracked());
        }),
    };
    view! { <CheckField label=Signal::stored(line.item.text) bind /> }
}

#[component]
fn LinkLine(person: PersonId, line: ItemLine) -> impl IntoView {
    let linked = line.link.zip(line.item.link);
    linked.map(|((record, title), link)| {
        let (label, href) = match link {
            LinkTo::Grade => (tr!(development.link_grade), format!("/grades/{person}")),
            LinkTo::Course(_) => (
                tr!(development.link_course, title = title.clone()),
                path_of(record),
            ),
            LinkTo::Goal(_) => (
                tr!(development.link_goal, title = title.clone()),
                path_of(record),
            ),
        };
        view! {
            <a class="-my-1 flex min-h-12 items-center self-start text-primary underline underline-offset-4" href=href>
                <bdi>{label}</bdi>
            </a>
        }
    })
}

/// What was changed or dropped stays to be read.
#[component]
pub(super) fn PastRow(line: ItemLine) -> impl IntoView {
    let format = use_format();
    let (at, name) = (line.item.at, line.by_name);
    let reason = line.reason;
    let became = match reason.is_empty() {
        true => tr!(development.replaced),
        false => tr!(development.dropped, reason = reason.clone()),
    };
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <p class="break-words whitespace-pre-line">
                <bdi>{line.item.text}</bdi>
            </p>
            <p class="text-sm break-words">
                <bdi>{became}</bdi>
            </p>
            <p class="text-sm text-muted">
                <bdi>{tr!(development.by, name = name.clone(), when = format.moment(at))}</bdi>
            </p>
        </li>
    }
}
