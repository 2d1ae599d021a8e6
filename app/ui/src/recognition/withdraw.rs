use caravan_domain::{
    command::Command,
    id::{Id, TeamId},
    recognition::command::RecognitionCommand,
};
use leptos::prelude::*;

use crate::{
    forms::WordsForm,
    ui::{Button, ButtonKind, Sheet},
};

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
    let command =
        move |reason| Command::Recognition(RecognitionCommand::Withdraw { team, post, reason });
    view! {
        <WordsForm
            open
            key=format!("recognition/{post}/withdraw")
            label=tr!(recognition.reason)
            hint=tr!(recognition.withdraw_hint)
            send=tr!(recognition.withdraw_send)
            said=tr!(recognition.withdrawn_said)
            command
        />
    }
}
