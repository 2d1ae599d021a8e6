use caravan_domain::{
    calendar::{Period, Span},
    command::Command,
    pay::{command::PayCommand, view::BestOfMonth},
    time::Day,
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    format::use_format,
    ui::{Badge, Button, ButtonKind, Form, Icon, Sheet, TextArea, Tone, use_toasts},
};

/// The best of a month that is over (R37), and the congratulations to the team (R44).
#[component]
pub(super) fn Best(best: Memo<Option<BestOfMonth>>, month: Memo<Day>) -> impl IntoView {
    let format = use_format();
    let open = RwSignal::new(false);
    view! {
        {move || {
            best.get()
                .map(|best| {
                    let (net, award) = (best.net, best.award);
                    let sold = tr!(pay.best_sold, net = format.money(net), award = format.money(award));
                    let asks = best.may_recognise && !best.recognised;
                    view! {
                        <section class="flex flex-col gap-2 border-y border-line px-4 py-3">
                            <p class="flex items-center gap-2">
                                <Icon icon=icons::LuAward class="size-5 shrink-0 text-primary" />
                                <span class="min-w-0 flex-1">
                                    <span class="text-muted">{tr!(pay.best)}</span>
                                    " "
                                    <bdi class="font-medium">{best.name.clone()}</bdi>
                                </span>
                                {best.recognised.then(|| view! { <Badge label=tr!(pay.recognised) tone=Tone::Good /> })}
                            </p>
                            <p class="text-sm text-muted tabular-nums">{sold}</p>
                            {asks
                                .then(|| {
                                    view! {
                                        <Button
                                            label=tr!(pay.recognise)
                                            icon=icons::LuPartyPopper
                                            wide=true
                                            on_press=move || open.set(true)
                                        />
                                    }
                                })}
                        </section>
                    }
                })
        }}
        <Sheet open title=tr!(pay.recognise)>
            {move || {
                best.get_untracked()
                    .map(|best| view! { <RecogniseForm best month=month.get_untracked() open /> })
            }}
        </Sheet>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    words: String,
}

#[component]
fn RecogniseForm(best: BestOfMonth, month: Day, open: RwSignal<bool>) -> impl IntoView {
    let explain = Explain::new();
    let format = use_format();
    let (person, name) = (best.person, best.name);
    let words = tr!(
        pay.congratulations,
        name = name.clone(),
        month = format.period(Period::of(Span::Month, month))
    );
    let initial = Typed {
        words: words.get_untracked(),
    };
    let draft = use_draft(format!("pay/best/{month}"), initial);
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(pay.recognised_said));
    let save = move || {
        let command = PayCommand::Recognise {
            person,
            month,
            words: draft.value.with_untracked(|typed| typed.words.clone()),
        };
        submit.run(Command::Pay(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    let error = move || submit.failure.get().map(|failure| explain.run(failure));
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea
                label=tr!(pay.words)
                hint=tr!(pay.words_hint)
                bind=draft.bind(|typed| &typed.words, |typed| &mut typed.words)
            />
            <p class="text-error empty:hidden" role="alert">
                {error}
            </p>
            <Button label=tr!(pay.recognise) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
