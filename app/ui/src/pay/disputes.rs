use caravan_domain::{
    command::Command,
    id::PersonId,
    pay::{
        command::PayCommand,
        period::PayPeriod,
        record::DisputeAnswer,
        view::{DisputeLine, ShownLine},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    address::path_of,
    adjust::AdjustSheet,
    words::{line_name, period_words},
};
use crate::{
    engine::{use_draft, use_engine},
    format::use_format,
    forms::Refused,
    ui::{
        Badge, Button, ButtonKind, CheckField, Each, Form, LinkButton, SectionTitle, Sheet, Show,
        SyncMark, TextArea, Tone, use_toasts,
    },
};

/// What was disputed and what was answered.
#[component]
pub(super) fn Disputes(lines: Memo<Vec<DisputeLine>>) -> impl IntoView {
    let (answering, adjusting) = (RwSignal::new(None::<DisputeLine>), RwSignal::new(false));
    let open = RwSignal::new(false);
    let me = use_engine().me();
    let mine = move |line: &DisputeLine| {
        me.with_untracked(|me| me.as_ref().is_some_and(|me| me.person == line.person))
    };
    let person = Memo::new(move |_| answering.with(|line| line.as_ref().map(|line| line.person)));
    let adjusted =
        Memo::new(move |_| answering.with(|line| line.as_ref().map(|line| line.dispute.id)));
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(pay.disputes) />
            <ul class="divide-y divide-line border-y border-line" aria-label=tr!(pay.disputes)>
                <Each each=move || lines.get() key=|line| format!("{line:?}") let:line>
                    <DisputeRow
                        line=line.clone()
                        mine=mine(&line)
                        on_answer=Callback::new(move |line| {
                            answering.set(Some(line));
                            open.set(true);
                        })
                        on_adjust=Callback::new(move |line| {
                            answering.set(Some(line));
                            adjusting.set(true);
                        })
                    />
                </Each>
            </ul>
        </Show>
        <Sheet open title=tr!(pay.answer)>
            {move || answering.get_untracked().map(|line| view! { <AnswerForm line open /> })}
        </Sheet>
        <Show when=move || person.get().is_some()>
            <AdjustSheet
                open=adjusting
                person=Signal::derive(move || {
                    person.get().unwrap_or(PersonId(caravan_domain::id::Id::ZERO))
                })
                dispute=adjusted
            />
        </Show>
    }
}

#[component]
fn DisputeRow(
    line: DisputeLine,
    mine: bool,
    on_answer: Callback<DisputeLine>,
    on_adjust: Callback<DisputeLine>,
) -> impl IntoView {
    let format = use_format();
    let (at, open) = (line.dispute.at, line.dispute.is_open());
    let (label, tone) = match open {
        true => (tr!(pay.dispute_open), Tone::Warning),
        false => (tr!(pay.dispute_settled), Tone::Good),
    };
    let period = period_words(line.dispute.period);
    let name = line.name.clone();
    let href = path_of(line.person, line.dispute.period);
    let answers = line.dispute.answers.iter().zip(&line.answered_by);
    let answers = answers
        .map(|(answer, name)| view! { <Answered answer=answer.clone() name=name.clone() /> })
        .collect_view();
    let (to_answer, to_adjust) = (line.clone(), line.clone());
    view! {
        <li class="flex flex-col gap-2 px-4 py-3">
            <p class="flex items-baseline justify-between gap-4 text-sm text-muted">
                <span>
                    <bdi>{name}</bdi>
                    " · "
                    {period}
                    " · "
                    {move || format.moment(at)}
                </span>
                <Badge label tone />
            </p>
            <bdi class="whitespace-pre-line">{line.dispute.text.clone()}</bdi>
            {answers}
            <SyncMark mark=Signal::stored(line.mark) />
            <div class="flex flex-wrap gap-2">
                <LinkButton label=tr!(pay.open_statement) href=href />
                <Button label=tr!(pay.answer) on_press=move || on_answer.run(to_answer.clone()) />
                {(open && !mine)
                    .then(|| {
                        view! { <Button label=tr!(pay.adjust) on_press=move || on_adjust.run(to_adjust.clone()) /> }
                    })}
            </div>
        </li>
    }
}

#[component]
fn Answered(answer: DisputeAnswer, name: String) -> impl IntoView {
    let format = use_format();
    let at = answer.at;
    view! {
        <div class="border-s-2 border-line ps-3">
            <p class="text-sm text-muted">
                <bdi>{name}</bdi>
                " · "
                {move || format.moment(at)}
            </p>
            <bdi class="whitespace-pre-line">{answer.text}</bdi>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
    settled: bool,
}

#[component]
fn AnswerForm(line: DisputeLine, open: RwSignal<bool>) -> impl IntoView {
    let (person, dispute) = (line.person, line.dispute.id);
    let draft = use_draft(format!("pay/dispute/{dispute}"), Typed::default());
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(pay.answered_said));
    let save = move || {
        let Typed { text, settled } = draft.value.get_untracked();
        let command = PayCommand::Answer {
            person,
            dispute,
            text,
            settled,
        };
        submit.run(Command::Pay(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea label=tr!(pay.answer) bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text) />
            <CheckField
                label=tr!(pay.settles)
                bind=draft.bind(|typed| &typed.settled, |typed| &mut typed.settled)
            />
            <Refused submit />
            <Button label=tr!(pay.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

/// The payee's words about a line.
#[component]
pub(super) fn DisputeSheet(
    disputing: RwSignal<Option<ShownLine>>,
    ids: Memo<(PersonId, PayPeriod)>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if disputing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            disputing.set(None);
        }
    });
    view! {
        <Sheet open title=tr!(pay.dispute_line)>
            {move || disputing.get_untracked().map(|shown| view! { <DisputeForm shown ids open /> })}
        </Sheet>
    }
}

#[component]
fn DisputeForm(
    shown: ShownLine,
    ids: Memo<(PersonId, PayPeriod)>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let format = use_format();
    let line = shown.line.name();
    let (name, due) = (line_name(&shown.line), shown.line.due());
    let (_, period) = ids.get_untracked();
    let key = format!("pay/{}/{line}", period.from);
    let draft = use_draft(key, Typed::default());
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(pay.disputed_said));
    let save = move || {
        let command = PayCommand::Dispute {
            period,
            line: line.clone(),
            text: draft.value.with_untracked(|typed| typed.text.clone()),
        };
        submit.run(Command::Pay(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <p class="flex justify-between gap-4">
                <span>
                    {name} " " <bdi>{shown.subject.clone()}</bdi>
                </span>
                <span class="tabular-nums">{move || format.money(due)}</span>
            </p>
            <TextArea
                label=tr!(pay.dispute_text)
                hint=tr!(pay.dispute_hint)
                bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
            />
            <Refused submit />
            <Button
                label=tr!(pay.dispute)
                icon=icons::LuSend
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}
