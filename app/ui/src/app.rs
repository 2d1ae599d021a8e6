//! The root: language, theme, engine, router, shell.

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::components::Router;

use crate::{engine, files, format, import, prefs, shell::Shell, ui};

/// Mounts the app and starts the engine's worker.
pub fn start() {
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    prefs::provide_language();
    prefs::provide_theme();
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
