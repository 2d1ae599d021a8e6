//! Parts of the interface that come after it is there ([0017](../../../docs/decisions/0017-the-binaries-in-parts.md)).
//!
//! What a visit needs is in the main binary. The screens that [`screens!`] names are in the Wasm of their part, which
//! every installed phone has stored. It is read while the person looks at the first screen ([`fetch_ahead`]), or when
//! one of its screens is opened before that. A development build is one binary and has no parts.

use std::{
    pin::Pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local_scoped};

use crate::{
    modules::MODULES,
    ui::{Button, ButtonKind, EmptyState, live},
};

/// The part did not come: it is not stored, and the network did not bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotHere;

#[cfg(caravan_parts)]
impl From<leptos::wasm_split::SplitLoaderError> for NotHere {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

pub(crate) type Arriving<T> = Pin<Box<dyn Future<Output = Result<T, NotHere>>>>;

/// How a module's part is fetched before any of its screens is asked for.
pub(crate) type Ahead = fn() -> Arriving<()>;

/// For a module that is in the main binary.
pub(crate) fn nothing() -> Arriving<()> {
    Box::pin(async { Ok(()) })
}

/// `screens!(part; file::FirstPage, file::SecondPage)` makes these screens, which take no properties, part of `part`:
/// in their place stand functions of the same names, and `screens::ahead`, the module's [`Ahead`].
macro_rules! screens {
    ($part:ident; $($file:ident::$page:ident),+ $(,)?) => {
        mod screens {
            use leptos::prelude::{AnyView, IntoAny};

            use crate::part::{Arriving, NotHere};

            #[derive(Debug, Clone, Copy)]
            #[allow(
                clippy::enum_variant_names,
                reason = "named like the components; of some modules there are too few to be noticed"
            )]
            pub(super) enum Screen {
                $($page),+
            }

            /// One for all, so that with the first the others are there too.
            #[cfg_attr(
                caravan_parts,
                leptos::wasm_split::wasm_split(
                    $part,
                    wasm_split_path = ::leptos::wasm_split,
                    preload(part_ahead),
                    fallible
                )
            )]
            fn screen(screen: Screen) -> Result<AnyView, NotHere> {
                Ok(match screen {
                    $(Screen::$page => super::$file::$page().into_any()),+
                })
            }

            #[cfg(caravan_parts)]
            pub(super) fn arriving(which: Screen) -> Arriving<AnyView> {
                Box::pin(screen(which))
            }

            #[cfg(not(caravan_parts))]
            pub(super) fn arriving(which: Screen) -> Arriving<AnyView> {
                Box::pin(std::future::ready(screen(which)))
            }

            #[cfg(caravan_parts)]
            pub(super) fn ahead() -> Arriving<()> {
                Box::pin(async { Ok(part_ahead().await?) })
            }

            #[cfg(not(caravan_parts))]
            pub(super) use crate::part::nothing as ahead;
        }

        $(
            #[expect(non_snake_case, reason = "named like the component it stands for")]
            fn $page() -> leptos::prelude::AnyView {
                crate::part::screen(|| screens::arriving(screens::Screen::$page))
            }
        )+
    };
}

/// The screen at once when its part is there, else as soon as it is.
pub(crate) fn screen(arriving: fn() -> Arriving<AnyView>) -> AnyView {
    let mut coming = arriving();
    match coming
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(NotHere)) => not_here(arriving),
        Poll::Pending => later(coming, arriving),
    }
}

fn later(coming: Arriving<AnyView>, again: fn() -> Arriving<AnyView>) -> AnyView {
    let come = RwSignal::new_local(None);
    // In the owner of the screen, whose place in the tree it takes.
    spawn_local_scoped(async move {
        let screen = coming.await.unwrap_or_else(|NotHere| not_here(again));
        come.try_set(Some(screen));
    });
    live(move || {
        come.track();
        come.try_update_untracked(Option::take).flatten()
    })
}

fn not_here(again: fn() -> Arriving<AnyView>) -> AnyView {
    let tried = RwSignal::new(false);
    live(move || {
        if tried.get() {
            return screen(again);
        }
        view! {
            <EmptyState icon=icondata_lu::LuCloudOff title=tr!(shell.part_missing) body=tr!(shell.part_missing_body)>
                <Button label=tr!(shell.try_again) kind=ButtonKind::Main on_press=move || tried.set(true) />
            </EmptyState>
        }
        .into_any()
    })
}

/// The first screen has been painted by then.
const AHEAD_AFTER: Duration = Duration::from_millis(100);

/// Fetches every part, one after the other, so that no screen has to wait for its own.
pub(crate) fn fetch_ahead() {
    let fetch = async {
        for module in MODULES {
            // What does not come now comes, or is asked for again, with its first screen.
            let _ = (module.ahead)().await;
        }
    };
    set_timeout(|| leptos::task::spawn_local(fetch), AHEAD_AFTER);
}
