use caravan_domain::{
    command::Command,
    id::{ClassId, Id},
    training::{
        classes::{
            decision::{ClassDecision, Seat},
            view::ClassFile,
        },
        command::TrainingCommand,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{register::Register, words::when};
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{
        Badge, Bound, Button, ButtonKind, ConfirmSheet, EmptyState, Icon, Page, SectionTitle,
        SegmentedControl, Tone,
    },
};

/// One class: when and where, whether one comes, and for whoever marks it the register.
#[component]
pub(in super::super) fn ClassPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let id = params.with(|params| params.get("class").and_then(|id| id.parse().ok()));
        id.unwrap_or(ClassId(Id::ZERO))
    });
    let answer = use_engine().class(move || id.get());
    let file = Memo::new(move |_| answer.get().map(|file| file.map(|file| *file)));
    let title = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.line.class.title.clone()))
            .unwrap_or_default()
    });
    // What does not change while names are tapped is not built anew.
    let known = Memo::new(move |_| file.with(|file| file.as_ref().map(Option::is_some)));
    view! {
        <Page title known_as=tr!(classes.title) back="/training/classes">
            {move || match known.get() {
                None => ().into_any(),
                Some(false) => view! { <EmptyState icon=icons::LuSearchX title=tr!(classes.missing) /> }.into_any(),
                Some(true) => {
                    let file = Memo::new(move |_| file.get().flatten());
                    view! {
                        <About file />
                        <Mine id file />
                        <Register id file />
                        <CallOff id file />
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn About(file: Memo<Option<ClassFile>>) -> impl IntoView {
    let format = use_format();
    let line = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.line.clone())));
    move || {
        let line = line.get()?;
        let class = line.class.clone();
        let (coming, room, invited) = (class.coming, class.room, class.invited);
        let (course, called_off) = (class.course, class.called_off);
        let place = class.place.clone();
        let hours = Signal::derive(move || when(&class, format));
        let trainer = line.trainer_name.clone();
        Some(view! {
            <div class="flex flex-col gap-2 px-4 pb-3">
                {called_off.then(|| view! { <Badge label=tr!(classes.called_off) tone=Signal::stored(Tone::Bad) /> })}
                <p class="flex items-center gap-3 font-medium tabular-nums">
                    <Icon icon=icons::LuClock class="size-5 shrink-0 text-muted" />
                    {hours}
                </p>
                <p class="flex items-center gap-3">
                    <Icon icon=icons::LuMapPin class="size-5 shrink-0 text-muted" />
                    <bdi class="min-w-0 break-words">{place}</bdi>
                </p>
                <p class="flex items-center gap-3">
                    <Icon icon=icons::LuUser class="size-5 shrink-0 text-muted" />
                    <span>{tr!(classes.held_by, name = trainer.clone())}</span>
                </p>
                <p class="flex items-center gap-3 tabular-nums">
                    <Icon icon=icons::LuUsers class="size-5 shrink-0 text-muted" />
                    <span>{tr!(classes.seats, coming = coming, room = room, invited = invited)}</span>
                </p>
                <a
                    class="flex min-h-11 items-center gap-3 text-primary underline underline-offset-4"
                    href=format!("/training/{course}")
                >
                    <Icon icon=icons::LuGraduationCap class="size-5 shrink-0" />
                    <bdi>{line.course_title}</bdi>
                </a>
            </div>
        })
    }
}

/// Whether the reader comes; after the day, what was marked.
#[component]
fn Mine(id: Memo<ClassId>, file: Memo<Option<ClassFile>>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(classes.answer_said);
    let seat = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            Some((file.line.seat?, file.over || file.line.class.called_off))
        })
    });
    let provisional = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|file| file.line.provisional))
    });
    let open = Memo::new(move |_| {
        seat.with(|seat| matches!(seat, Some((Seat { marked: None, .. }, false))))
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let said = seat.get().and_then(|(seat, _)| seat.coming);
            said.map(word_of).unwrap_or_default().to_owned()
        }),
        set: Callback::new(move |word: String| {
            let command = TrainingCommand::Class {
                class: id.get_untracked(),
                decision: ClassDecision::Come(word == word_of(true)),
            };
            perform.run(Command::Training(command), said.get_untracked());
        }),
    };
    let (yes, no) = (tr!(classes.come), tr!(classes.stay_away));
    let options = Signal::derive(move || {
        vec![
            (word_of(true).to_owned(), yes.get()),
            (word_of(false).to_owned(), no.get()),
        ]
    });
    // The choice stays while it is answered, so that the keys still move in it.
    let there = Memo::new(move |_| seat.with(Option::is_some));
    move || {
        there.get().then(|| {
            view! {
                <SectionTitle label=tr!(classes.mine) />
                <div class="flex flex-col gap-2 px-4 pb-3">
                    {move || match open.get() {
                        true => view! { <SegmentedControl label=tr!(classes.mine) bind options /> }.into_any(),
                        false => {
                            let badge = seat.get().and_then(|(seat, _)| super::seat_badge(seat));
                            badge
                                .map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })
                                .into_any()
                        }
                    }}
                    {move || {
                        provisional
                            .get()
                            .then(|| view! { <p class="text-sm text-muted">{tr!(classes.answer_waits)}</p> })
                    }}
                </div>
            }
        })
    }
}

const fn word_of(coming: bool) -> &'static str {
    match coming {
        true => "yes",
        false => "no",
    }
}

#[component]
fn CallOff(id: Memo<ClassId>, file: Memo<Option<ClassFile>>) -> impl IntoView {
    let perform = use_perform();
    let (open, said) = (RwSignal::new(false), tr!(classes.call_off_said));
    let may = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|it| it.may_call_off && !it.over))
    });
    let call_off = move || {
        let command = TrainingCommand::Class {
            class: id.get_untracked(),
            decision: ClassDecision::CallOff,
        };
        perform.run(Command::Training(command), said.get_untracked());
    };
    move || {
        may.get().then(|| {
            view! {
                <div class="px-4 py-4">
                    <Button label=tr!(classes.call_off) kind=ButtonKind::Quiet on_press=move || open.set(true) />
                    <ConfirmSheet
                        open
                        title=tr!(classes.call_off)
                        body=tr!(classes.call_off_body)
                        verb=tr!(classes.call_off)
                        danger=true
                        on_confirm=call_off
                    />
                </div>
            }
        })
    }
}
