//! Answering: topic by topic how sure, how important, and one free wish.

use std::collections::BTreeMap;

use caravan_domain::{
    command::{Command, Field},
    id::RoundId,
    training::{
        command::TrainingCommand,
        needs::{
            command::{AnswerDraft, NeedsCommand, Said, WISH_MAX},
            round::NeedTopic,
            view::{Mine, RoundFile},
        },
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{round_of, row::when, scale::Scale, words::topic_name};
use crate::{
    engine::{use_draft, use_engine},
    forms::{Elsewhere, use_error_of},
    ui::{
        Bound, Button, ButtonKind, EmptyState, Form, Page, RestoredNote, TextArea,
        use_past_the_form, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    said: BTreeMap<u8, Said>,
    wish: String,
}

impl Typed {
    /// What was answered before, for who changes their mind.
    fn of(file: &RoundFile) -> Self {
        let Some(answer) = &file.answer else {
            return Self::default();
        };
        let said = answer.marks.iter().map(|(place, mark)| {
            let said = Said {
                sure: Some(mark.sure),
                important: Some(mark.important),
            };
            (*place, said)
        });
        Self {
            said: said.collect(),
            wish: answer.wish.clone(),
        }
    }
}

/// `/training/needs/:round/answer`.
#[component]
pub(in super::super) fn AnswerPage() -> impl IntoView {
    let round = use_params_map().with_untracked(round_of);
    let answer = use_engine().needs_round(move || round);
    // The round and the answer of before, as they were when the form was opened.
    type Opened = Option<RoundFile>;
    let opened = Memo::new(move |before: Option<&Option<Opened>>| match before {
        Some(Some(known)) => Some(known.clone()),
        _ => answer.get().map(|file| file.map(|file| *file)),
    });
    let title = Signal::derive(move || {
        let title = opened.with(|it| Some(it.as_ref()?.as_ref()?.line.round.plan.title.clone()));
        title.unwrap_or_default()
    });
    let asked = |file: &RoundFile| file.line.is_open && file.line.mine != Mine::NotAsked;
    view! {
        <Page title known_as=tr!(needs.title) back=format!("/training/needs/{round}")>
            {move || match opened.get() {
                None => ().into_any(),
                Some(Some(file)) if asked(&file) => view! { <AnswerForm round file /> }.into_any(),
                Some(_) => view! { <EmptyState icon=icons::LuSearchX title=tr!(needs.missing) /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn AnswerForm(round: RoundId, file: RoundFile) -> impl IntoView {
    let draft = use_draft(format!("training/needs/{round}/answer"), Typed::of(&file));
    let (typed, submit) = (draft.value, draft.submit());
    let (open, toasts, said) = (use_past_the_form(), use_toasts(), tr!(needs.saved));
    let save = move || {
        let open = open.clone();
        let typed = typed.get_untracked();
        let command = NeedsCommand::Answer(AnswerDraft {
            round,
            said: typed.said,
            wish: typed.wish,
        });
        submit.run(
            Command::Training(TrainingCommand::Needs(command)),
            move |_| {
                toasts.say(said.get_untracked());
                open(&format!("/training/needs/{round}"));
            },
        );
    };
    let topics = file.line.round.plan.topics.iter().zip(0..);
    let topics = topics.map(|(topic, place)| view! { <Topic typed place topic=topic.clone() /> });
    let topics = topics.collect_view();
    let when = when(&file.line);
    view! {
        <div class="flex flex-col gap-1 px-4 pb-4 text-sm text-muted">
            <p>{when}</p>
            <p>{read_by(&file.readers)}</p>
            <p>{tr!(needs.not_a_score)}</p>
        </div>
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <p class="text-sm text-muted">{tr!(needs.skip_hint)}</p>
            {topics}
            <TextArea
                label=tr!(needs.wish)
                hint=tr!(needs.wish_hint)
                error=use_error_of(submit.failure, Field::Note)
                bind=Bound::part(typed, |typed| &typed.wish, |typed| &mut typed.wish)
                max=u32::try_from(WISH_MAX).unwrap_or(u32::MAX)
            />
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Answers)}
            </p>
            <Elsewhere failure=submit.failure shown=&[Field::Note, Field::Answers] />
            <Button label=tr!(needs.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

/// Said before anything is asked: whom it is told. To be called while a component is being built.
pub(super) fn read_by(readers: &[String]) -> Signal<String> {
    match readers.is_empty() {
        true => tr!(needs.read_by_company),
        false => {
            let names = readers.join("、");
            tr!(needs.read_by_managers, names = names.clone())
        }
    }
}

#[component]
fn Topic(typed: RwSignal<Typed>, place: u8, topic: NeedTopic) -> impl IntoView {
    let name = topic_name(&topic);
    let sure = level(typed, place, |said| said.sure, |said| &mut said.sure);
    let important = level(
        typed,
        place,
        |said| said.important,
        |said| &mut said.important,
    );
    view! {
        <section class="flex flex-col gap-3 border-t border-line pt-4">
            <h2 class="font-semibold">
                <bdi>{name}</bdi>
            </h2>
            <Scale
                label=tr!(needs.sure)
                spoken=tr!(needs.sure_of, topic = name.get())
                least=tr!(needs.sure_least)
                most=tr!(needs.sure_most)
                bind=sure
            />
            <Scale
                label=tr!(needs.important)
                spoken=tr!(needs.important_of, topic = name.get())
                least=tr!(needs.important_least)
                most=tr!(needs.important_most)
                bind=important
            />
        </section>
    }
}

fn level(
    typed: RwSignal<Typed>,
    place: u8,
    read: fn(&Said) -> Option<u8>,
    write: fn(&mut Said) -> &mut Option<u8>,
) -> Bound<String> {
    Bound {
        value: Signal::derive(move || {
            let level = typed.with(|typed| typed.said.get(&place).and_then(read));
            level.map(|level| level.to_string()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            typed.update(|typed| *write(typed.said.entry(place).or_default()) = word.parse().ok());
        }),
    }
}
