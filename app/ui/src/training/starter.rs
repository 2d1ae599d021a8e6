//! The courses that Caravan brings along, in the reader's language. They are shipped beside the app, so that they can be
//! added without a network too.

use caravan_domain::{
    command::Command,
    training::{command::TrainingCommand, written},
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::use_engine,
    errors::Explain,
    prefs::use_language,
    text::shipped,
    ui::{Button, ButtonKind, use_toasts},
};

#[component]
pub(super) fn StarterSet() -> impl IntoView {
    let (engine, explain, toasts) = (use_engine(), Explain::new(), use_toasts());
    let language = use_language();
    let busy = RwSignal::new(false);
    let failed = tr!(training.starter_failed);
    let add = move || {
        busy.set(true);
        let language = language.get_untracked();
        spawn_local(async move {
            match shipped("courses", language).await {
                Some(text) => {
                    for course in written::read(&text) {
                        let command = Command::Training(TrainingCommand::AddCourse(course));
                        if let Err(failure) = engine.run(command).await {
                            toasts.say(explain.run(failure));
                            break;
                        }
                    }
                }
                None => toasts.say(failed.get_untracked()),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button
            label=tr!(training.starter)
            kind=ButtonKind::Plain
            icon=icons::LuLibrary
            disabled=busy
            on_press=add
        />
    }
}
