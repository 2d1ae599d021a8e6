//! The root: language, theme, engine, router, shell.

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::components::Router;

use crate::{engine, files, format, i18n::I18nContextProvider, import, prefs, shell::Shell, ui};

/// Mounts the app and starts the engine's worker.
pub fn start() {
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    view! {
        <I18nContextProvider set_lang_attr_on_html=false set_dir_attr_on_html=false>
            <Rooms />
        </I18nContextProvider>
    }
}

/// Inside the language provider, so that contexts may translate.
#[component]
fn Rooms() -> impl IntoView {
    prefs::provide_theme();
    prefs::follow_language();
    format::provide_clock();
    ui::provide_toasts();
    ui::provide_titles();
    engine::provide();
    engine::follow_wakes();
    files::provide();
    import::provide();
    view! {
        <Router>
            <Shell />
        </Router>
    }
}
