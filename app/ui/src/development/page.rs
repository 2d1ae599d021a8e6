use caravan_domain::{
    command::Command,
    development::{
        command::DevelopmentCommand,
        list::{DevelopmentFile, ItemLine},
        record::ItemKind,
    },
    id::PersonId,
    mark::Mark,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{self, person_of},
    item::{ItemRow, PastRow},
    note::Notes,
};
use crate::{
    engine::{use_engine, use_perform},
    ui::{
        Badge, Button, ButtonKind, EmptyState, LinkButton, Page, SectionTitle, SyncMark, Tone, live,
    },
};

#[component]
pub(super) fn DevelopmentPage() -> impl IntoView {
    let params = use_params_map();
    let person = Memo::new(move |_| params.with(person_of));
    let file = use_engine().development(move || person.get());
    let shown = Memo::new(move |_| file.get().map(|file| file.map(|file| *file)));
    let opened = Memo::new(move |_| shown.get().flatten());
    let mine = tr!(development.mine);
    let name = Signal::derive(move || {
        opened.with(|file| file.as_ref().map(|it| it.name.clone()).unwrap_or_default())
    });
    let of = tr!(development.of, name = name.get());
    let is_me = move || opened.with(|file| file.as_ref().is_some_and(|it| it.is_me));
    let title = Signal::derive(move || match is_me() {
        true => mine.get(),
        false => of.get(),
    });
    let back = Signal::derive(move || match is_me() {
        true => "/me".to_owned(),
        false => format!("/people/{}", person.get()),
    });
    view! {
        <Page
            title
            known_as=tr!(development.title)
            back=Signal::derive(move || Some(back.get()))
            main_action=move || view! { <MainAction file=opened /> }
        >
            {move || match shown.get() {
                None => ().into_any(),
                Some(None) => {
                    view! {
                        <EmptyState
                            icon=icons::LuEyeOff
                            title=tr!(development.missing)
                            body=tr!(development.missing_body)
                        />
                    }
                        .into_any()
                }
                Some(Some(file)) => view! { <Opened file /> }.into_any(),
            }}
        </Page>
    }
}

/// To agree where something waits for the reader, else to add a step.
#[component]
fn MainAction(file: Memo<Option<DevelopmentFile>>) -> impl IntoView {
    let (perform, said) = (use_perform(), tr!(development.agreed_said));
    live(move || {
        let file = file.get().filter(|it| it.may_write)?;
        let person = file.person;
        let action = match file.to_agree.is_empty() {
            true => view! {
                <LinkButton
                    label=tr!(development.add_step)
                    href=address::new(person, ItemKind::Step)
                    kind=ButtonKind::Main
                    icon=icons::LuPlus
                    wide=true
                />
            }
            .into_any(),
            false => {
                let items = file.to_agree;
                let agree = move || {
                    let items = items.iter().copied().collect();
                    let command = DevelopmentCommand::Agree(person, items);
                    perform.run(Command::Development(command), said.get_untracked());
                };
                view! {
                    <Button
                        label=tr!(development.agree)
                        kind=ButtonKind::Main
                        icon=icons::LuSignature
                        wide=true
                        on_press=agree
                    />
                }
                .into_any()
            }
        };
        Some(action)
    })
}

#[component]
fn Opened(file: DevelopmentFile) -> impl IntoView {
    let (person, may) = (file.person, file.may_write);
    let none = file.aims.is_empty() && file.steps.is_empty();
    let waiting = file.to_agree.len();
    let (label, tone) = match file.is_agreed {
        true => (tr!(development.agreed), Tone::Good),
        false => (tr!(development.open), Tone::Warning),
    };
    let attention = file.mark == Mark::NeedsAttention;
    let past = file.past.into_iter();
    let past: Vec<_> = past.map(|line| view! { <PastRow line /> }).collect();
    view! {
        {match none {
            true => {
                view! {
                    <EmptyState
                        icon=icons::LuSprout
                        title=tr!(development.none)
                        body=tr!(development.none_body)
                    />
                }
                    .into_any()
            }
            false => {
                view! {
                    <p class="flex flex-wrap items-center gap-3 px-4 pb-2">
                        <Badge label tone />
                        {(waiting > 0)
                            .then(|| {
                                view! {
                                    <span class="text-muted">{tr!(development.agree_count, count = waiting)}</span>
                                }
                            })}
                        {attention.then(|| view! { <SyncMark mark=Signal::stored(Mark::NeedsAttention) /> })}
                    </p>
                }
                    .into_any()
            }
        }}
        <Items person kind=ItemKind::Aim lines=file.aims may />
        <Items person kind=ItemKind::Step lines=file.steps may />
        <Notes person notes=file.notes may />
        {(!past.is_empty())
            .then(|| {
                view! {
                    <details class="border-t border-line">
                        <summary class="flex min-h-12 cursor-pointer items-center px-4 text-primary">
                            {tr!(development.past)}
                        </summary>
                        <ul class="divide-y divide-line">{past}</ul>
                    </details>
                }
            })}
    }
}

#[component]
fn Items(person: PersonId, kind: ItemKind, lines: Vec<ItemLine>, may: bool) -> impl IntoView {
    let (title, add) = match kind {
        ItemKind::Aim => (tr!(development.aims), tr!(development.add_aim)),
        ItemKind::Step => (tr!(development.steps), tr!(development.add_step)),
    };
    let some = !lines.is_empty();
    let rows = lines.into_iter();
    let rows: Vec<_> = rows
        .map(|line| view! { <ItemRow person line may /> })
        .collect();
    view! {
        {(some || may).then(|| view! { <SectionTitle label=title /> })}
        {some.then(|| view! { <ul class="divide-y divide-line border-y border-line">{rows}</ul> })}
        {may
            .then(|| {
                view! {
                    <div class="px-4 py-2">
                        <LinkButton label=add href=address::new(person, kind) icon=icons::LuPlus />
                    </div>
                }
            })}
    }
}
