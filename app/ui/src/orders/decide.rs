use caravan_domain::{
    command::Command,
    id::{ClientId, OrderId},
    orders::{
        command::{OrderAction, OrderCommand},
        decision::TurnDownReason,
        list::OrderFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::words::reason_options;
use crate::{
    engine::{use_draft, use_perform},
    errors::Explain,
    ui::{Bound, Button, ButtonKind, Form, SelectField, Sheet, Show, TextArea, live, use_toasts},
};

/// The main action: the order desk's two answers, or the author's to submit it.
#[component]
pub(super) fn Decide(
    ids: Memo<(ClientId, OrderId)>,
    file: Memo<Option<OrderFile>>,
) -> impl IntoView {
    let turning_down = RwSignal::new(false);
    let act = use_order_action(ids);
    let may = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.may)));
    let (accepted, submitted) = (tr!(orders.accepted_said), tr!(orders.submitted_said));
    let accept = move || {
        let version = file.with_untracked(|file| {
            let standing = file.as_ref()?.state.standing.as_ref()?;
            Some(standing.submission.version)
        });
        if let Some(version) = version {
            let (_, order) = ids.get_untracked();
            act.run((
                OrderAction::Accept(order, version),
                accepted.get_untracked(),
            ));
        }
    };
    let submit = move || {
        let (_, order) = ids.get_untracked();
        act.run((OrderAction::Submit(order), submitted.get_untracked()));
    };
    live(move || {
        match may.get() {
        Some(may) if may.decide => view! {
            <div class="grid grid-cols-2 gap-2">
                <Button label=tr!(orders.turn_down) icon=icons::LuUndo2 on_press=move || turning_down.set(true) />
                <Button label=tr!(orders.accept) kind=ButtonKind::Main icon=icons::LuCheck on_press=accept />
            </div>
            <TurnDownSheet open=turning_down ids file />
        }
        .into_any(),
        Some(may) if may.submit => view! {
            <Button label=tr!(orders.submit) kind=ButtonKind::Main icon=icons::LuSend wide=true on_press=submit />
        }
        .into_any(),
        _ => ().into_any(),
    }
    })
}

/// One tap, and the sentence for its success.
pub(super) fn use_order_action(ids: Memo<(ClientId, OrderId)>) -> Callback<(OrderAction, String)> {
    let perform = use_perform();
    Callback::new(move |(action, said)| {
        let (client, _) = ids.get_untracked();
        perform.run(Command::Order(OrderCommand { client, action }), said);
    })
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    reason: TurnDownReason,
    text: String,
}

#[component]
fn TurnDownSheet(
    open: RwSignal<bool>,
    ids: Memo<(ClientId, OrderId)>,
    file: Memo<Option<OrderFile>>,
) -> impl IntoView {
    let explain = Explain::new();
    let (_, order) = ids.get_untracked();
    let draft = use_draft(format!("orders/{order}/turn-down"), Typed::default());
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(orders.turned_down_said));
    let save = move || {
        let (client, order) = ids.get_untracked();
        let version = file.with_untracked(|file| {
            let standing = file.as_ref()?.state.standing.as_ref()?;
            Some(standing.submission.version)
        });
        let Some(version) = version else { return };
        let Typed { reason, text } = draft.value.get_untracked();
        let action = OrderAction::TurnDown {
            order,
            version,
            reason,
            text,
        };
        submit.run(Command::Order(OrderCommand { client, action }), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    let error = move || submit.failure.get().map(|failure| explain.run(failure));
    let reason = Bound::word(
        draft.value,
        |typed| typed.reason.word(),
        |typed| &mut typed.reason,
    );
    view! {
        <Sheet open title=tr!(orders.turn_down)>
            <Form on_submit=save in_sheet=true>
                <SelectField label=tr!(orders.reason) bind=reason options=reason_options() />
                <TextArea
                    label=tr!(orders.reason_text)
                    hint=tr!(orders.reason_hint)
                    bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
                />
                <Show when=move || error().is_some()>
                    <p class="text-error" role="alert">
                        {error}
                    </p>
                </Show>
                <Button label=tr!(orders.turn_down) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}
