use caravan_domain::{
    command::Command,
    development::command::DevelopmentCommand,
    id::{Id, PersonId},
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    ui::{Button, ButtonKind, Form, IconButton, Sheet, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    reason: String,
}

#[component]
pub(super) fn DropButton(person: PersonId, item: Id, text: String) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <IconButton
            label=tr!(development.drop_of, text = text.clone())
            icon=icons::LuX
            on_press=move || open.set(true)
        />
        <Sheet open title=tr!(development.drop_title)>
            <DropForm open person item />
        </Sheet>
    }
}

#[component]
fn DropForm(open: RwSignal<bool>, person: PersonId, item: Id) -> impl IntoView {
    let (explain, toasts, said) = (Explain::new(), use_toasts(), tr!(development.dropped_said));
    let draft = use_draft(
        format!("development/{person}/{item}/drop"),
        Typed::default(),
    );
    let submit = draft.submit();
    let save = move || {
        let reason = draft.value.get_untracked().reason;
        let command = DevelopmentCommand::Drop {
            person,
            item,
            reason,
        };
        submit.run(Command::Development(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea
                label=tr!(development.reason)
                hint=tr!(development.drop_hint)
                bind=draft.bind(|typed| &typed.reason, |typed| &mut typed.reason)
            />
            <p class="text-error empty:hidden" role="alert">
                {move || submit.failure.get().map(|failure| explain.run(failure))}
            </p>
            <Button
                label=tr!(development.drop_send)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}
