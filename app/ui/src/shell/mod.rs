//! Around every screen: the dock on a phone, the sidebar on a desk, “+”, the command palette, notices, toasts.

mod cannot_start;
mod crash;
mod dock;
mod launch;
mod not_found;
mod notices;
mod palette;
mod plus;
mod shortcuts;
mod sidebar;
mod status;

use leptos::{children::ToChildren, prelude::*};
use leptos_router::{
    components::{RouteChildren, Routes},
    hooks::use_location,
};
use tachys::view::iterators::StaticVec;

pub(crate) use status::SyncStatusChip;

use self::{
    cannot_start::CannotStartPage, crash::CrashNotice, dock::Dock, launch::provide_launch,
    not_found::NotFound, notices::Notices, palette::Palette, plus::PlusSheet,
    shortcuts::use_shortcuts, sidebar::Sidebar,
};
use crate::{
    engine::{Phase, use_engine},
    join::{Gate, Standing, use_standing},
    module::Chrome,
    modules, part,
    ui::{Show, ToastRegion},
};

/// Those that ask what the engine says first ([`caravan_port::ask::Ask::first`]), and keep nothing that is typed.
const FIRST_SCREENS: [&str; 2] = ["/", "/clients"];

#[component]
pub(crate) fn Shell() -> impl IntoView {
    provide_launch();
    use_shortcuts();
    let path = use_location().pathname;
    let standing = use_standing();
    let phase = use_engine().phase();
    // The frame and the first screens are built while the engine still reads; a form only once it can give back what was
    // typed into it before.
    let begun = Memo::new(move |before| before == Some(&true) || phase.get() == Phase::Ready);
    Effect::new(move || {
        if begun.get() {
            part::fetch_ahead();
        }
    });
    let at_once = Memo::new(move |_| path.with(|path| FIRST_SCREENS.contains(&path.as_str())));
    let admitted = Memo::new(move |_| standing.get().filter(|_| begun.get() || at_once.get()));
    // Once somebody has begun to write, what stands on the screen stays there.
    let impossible = Memo::new(move |_| match phase.get() {
        Phase::CannotStart(reason) if !begun.get() => Some(reason),
        _ => None,
    });
    let alone = Memo::new(move |_| path.with(|path| modules::chrome_of(path) == Chrome::Bare));
    // Dock and sidebar lead nowhere before somebody has joined.
    let bare = Memo::new(move |_| alone.get() || standing.get() != Some(Standing::Joined));
    view! {
        <a class="skip-link" href="#main" rel="external">
            {tr!(shell.skip)}
        </a>
        <div class="shell" class:shell-bare=bare>
            <Show when=move || !bare.get()>
                <Sidebar />
            </Show>
            <main id="main" class="flex flex-1 flex-col" tabindex="-1">
                <Show when=move || impossible.get().is_none()>
                    <Notices />
                </Show>
                <ErrorBoundary fallback=|_| view! { <CrashNotice /> }>
                    {move || {
                        if let Some(reason) = impossible.get() {
                            view! { <CannotStartPage reason /> }.into_any()
                        } else if alone.get() {
                            view! { <Screens /> }.into_any()
                        } else {
                            view! {
                                <Gate standing=admitted>
                                    <Screens />
                                </Gate>
                            }
                                .into_any()
                        }
                    }}
                </ErrorBoundary>
            </main>
            <Show when=move || !bare.get()>
                <Dock />
            </Show>
        </div>
        <PlusSheet />
        <Palette />
        <ToastRegion />
    }
}

/// The routes of every module, as one list.
#[component]
fn Screens() -> impl IntoView {
    let routes = RouteChildren::to_children(|| StaticVec::from(modules::routes()));
    view! { <Routes fallback=NotFound children=routes /> }
}
