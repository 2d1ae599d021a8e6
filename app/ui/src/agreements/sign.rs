//! The signature beneath the text: whoever comes here has gone through it.

use caravan_domain::{
    agreements::{command::AgreementCommand, text::VersionDigest},
    command::{Command, Field},
    id::AgreementId,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_engine},
    forms::{Elsewhere, use_error_of},
    ui::{Button, ButtonKind, Form, SectionTitle, TextField, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
}

#[component]
pub(super) fn SignForm(
    agreement: AgreementId,
    version: VersionDigest,
    number: u32,
) -> impl IntoView {
    let (me, toasts) = (use_engine().me(), use_toasts());
    let draft = use_draft(format!("agreements/{agreement}/sign"), Typed::default());
    let submit = draft.submit();
    let said = tr!(agreements.signed_said);
    let sign = move || {
        let device = me.with_untracked(|me| me.as_ref().map(|me| me.device));
        let Some(device) = device else { return };
        let command = AgreementCommand::Sign {
            agreement,
            version,
            name: draft.value.get_untracked().name,
            device,
        };
        submit.run(Command::Agreement(command), move |_| {
            toasts.say(said.get_untracked());
        });
    };
    let name = move || {
        me.with(|me| me.as_ref().map(|me| me.name.clone()))
            .unwrap_or_default()
    };
    view! {
        <SectionTitle label=tr!(agreements.signature) />
        <Form on_submit=sign>
            <p>{tr!(agreements.sign_statement, number = number)}</p>
            <TextField
                label=tr!(agreements.your_name)
                hint=tr!(agreements.your_name_hint, name = name())
                error=use_error_of(submit.failure, Field::Name)
                bind=draft.bind(|typed| &typed.name, |typed| &mut typed.name)
                required=true
                max=80
            />
            <Elsewhere failure=submit.failure shown=&[Field::Name] />
            <Button label=tr!(agreements.sign) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
