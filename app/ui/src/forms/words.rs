use caravan_domain::command::Command;
use leptos::prelude::*;

use super::Refused;
use crate::{
    engine::use_draft,
    ui::{Button, ButtonKind, Form, TextArea, use_toasts},
};

/// In a sheet: nothing but words that go with a command, as a reason, a note or an answer. Closes the sheet once they are
/// saved.
#[component]
pub(crate) fn WordsForm(
    open: RwSignal<bool>,
    /// Of the draft; see [`use_draft`].
    #[prop(into)]
    key: String,
    label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// The verb on the button.
    send: Signal<String>,
    /// In the toast, when it is done.
    said: Signal<String>,
    #[prop(default = 20_000)] max: u32,
    command: impl Fn(String) -> Command + 'static,
) -> impl IntoView {
    let draft = use_draft(key, String::new());
    let (submit, toasts) = (draft.submit(), use_toasts());
    let save = move || {
        submit.run(command(draft.value.get_untracked()), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea label hint bind=draft.value max />
            <Refused submit />
            <Button label=send kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
