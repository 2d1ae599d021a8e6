use caravan_domain::{
    command::Command,
    development::command::DevelopmentCommand,
    id::{Id, PersonId},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    forms::WordsForm,
    ui::{IconButton, Sheet},
};

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
    let command = move |reason| {
        Command::Development(DevelopmentCommand::Drop {
            person,
            item,
            reason,
        })
    };
    view! {
        <WordsForm
            open
            key=format!("development/{person}/{item}/drop")
            label=tr!(development.reason)
            hint=tr!(development.drop_hint)
            send=tr!(development.drop_send)
            said=tr!(development.dropped_said)
            command
        />
    }
}
