use caravan_domain::{
    command::Command,
    id::{Id, TeamId},
    recognition::command::RecognitionCommand,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    ui::{Button, ButtonKind, Form, Sheet, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    reason: String,
}

#[component]
pub(super) fn WithdrawButton(team: TeamId, post: Id) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            label=tr!(recognition.withdraw)
            kind=ButtonKind::Quiet
            on_press=move || open.set(true)
        />
        <Sheet open title=tr!(recognition.withdraw_title)>
            <WithdrawForm open team post />
        </Sheet>
    }
}

#[component]
fn WithdrawForm(open: RwSignal<bool>, team: TeamId, post: Id) -> impl IntoView {
    let (explain, toasts, said) = (
        Explain::new(),
        use_toasts(),
        tr!(recognition.withdrawn_said),
    );
    let draft = use_draft(format!("recognition/{post}/withdraw"), Typed::default());
    let submit = draft.submit();
    let save = move || {
        let reason = draft.value.get_untracked().reason;
        let command = RecognitionCommand::Withdraw { team, post, reason };
        submit.run(Command::Recognition(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea
                label=tr!(recognition.reason)
                hint=tr!(recognition.withdraw_hint)
                bind=draft.bind(|typed| &typed.reason, |typed| &mut typed.reason)
            />
            <p class="text-error empty:hidden" role="alert">
                {move || submit.failure.get().map(|failure| explain.run(failure))}
            </p>
            <Button
                label=tr!(recognition.withdraw_send)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}
