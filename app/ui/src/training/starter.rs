//! The courses that Caravan brings along, in the reader's language. They are shipped beside the app, so that they can be
//! added without a network too.

use caravan_domain::{
    command::Command,
    training::{command::TrainingCommand, written},
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::{
    engine::use_engine,
    errors::Explain,
    i18n::Locale,
    prefs::use_language,
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
        let id = match language.get_untracked() {
            Locale::zh => "courses-zh",
            Locale::en => "courses-en",
        };
        spawn_local(async move {
            match text(id).await {
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

/// `None` when it cannot be had, which the service worker leaves to a first visit without a network.
async fn text(id: &str) -> Option<String> {
    let path = document().get_element_by_id(id)?.get_attribute("href")?;
    let response = JsFuture::from(window().fetch_with_str(&path)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}
