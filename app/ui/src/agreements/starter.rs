//! The texts that Caravan brings along, in both languages, to be fitted to the company. They are shipped beside the app,
//! so that they can be added without a network too.

use caravan_domain::{
    agreements::{command::AgreementCommand, written},
    command::Command,
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::use_engine,
    errors::Explain,
    i18n::Locale,
    text::shipped,
    ui::{Button, ButtonKind, use_toasts},
};

const NAME: &str = "agreements";

#[component]
pub(super) fn StarterTexts() -> impl IntoView {
    let (engine, explain, toasts) = (use_engine(), Explain::new(), use_toasts());
    let busy = RwSignal::new(false);
    let failed = tr!(agreements.starter_failed);
    let add = move || {
        busy.set(true);
        spawn_local(async move {
            let texts = (
                shipped(NAME, Locale::zh).await,
                shipped(NAME, Locale::en).await,
            );
            match texts {
                (Some(zh), Some(en)) => {
                    for draft in written::read(&zh, &en) {
                        let command = Command::Agreement(AgreementCommand::Add(draft));
                        if let Err(failure) = engine.run(command).await {
                            toasts.say(explain.run(failure));
                            break;
                        }
                    }
                }
                _ => toasts.say(failed.get_untracked()),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button
            label=tr!(agreements.starter)
            kind=ButtonKind::Plain
            icon=icons::LuLibrary
            disabled=busy
            on_press=add
        />
    }
}
