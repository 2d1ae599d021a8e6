use caravan_port::view::Session;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    lock::LockedPage,
    ui::{ButtonKind, EmptyState, LinkButton, Page, live},
};

/// What a device shows: the app once somebody has joined, else how to join. Nothing while the engine has not said.
#[component]
pub(crate) fn Gate(standing: Memo<Option<Standing>>, children: ChildrenFn) -> impl IntoView {
    let children = StoredValue::new(children);
    let locked = use_engine().locked();
    live(move || match standing.get() {
        None => ().into_any(),
        Some(Standing::Joined) => children.with_value(|children| children()).into_any(),
        Some(Standing::Arriving) => view! { <Arriving /> }.into_any(),
        Some(Standing::New) => view! { <Welcome /> }.into_any(),
        Some(Standing::Revoked) => view! { <Removed /> }.into_any(),
        Some(Standing::Locked) => view! { <LockedPage locked /> }.into_any(),
    })
}

/// How this device stands; `None` while the engine has not said. To be called while a component is being built.
pub(crate) fn use_standing() -> Memo<Option<Standing>> {
    let session = use_engine().session();
    Memo::new(move |_| session.with(|session| session.as_ref().map(Standing::of)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    New,
    /// Joined, and not yet told who they are there: until then they may do nothing.
    Arriving,
    Joined,
    Revoked,
    Locked,
}

impl Standing {
    fn of(session: &Session) -> Self {
        match session {
            Session::New => Self::New,
            Session::Joined(me) if me.roles.is_empty() => Self::Arriving,
            Session::Joined(_) => Self::Joined,
            Session::Revoked => Self::Revoked,
            Session::Locked(_) => Self::Locked,
        }
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <Page title=tr!(join.welcome)>
            <EmptyState icon=icons::LuTicket title=tr!(join.need_link) body=tr!(join.need_link_body)>
                <LinkButton label=tr!(join.sign_in) href="/sign-in" />
            </EmptyState>
            <p class="px-4 text-center text-sm text-muted">{tr!(join.been_here)}</p>
        </Page>
    }
}

#[component]
fn Arriving() -> impl IntoView {
    view! {
        <Page title=tr!(join.arriving)>
            <EmptyState
                icon=icons::LuCloudDownload
                title=tr!(join.arriving_title)
                body=tr!(join.arriving_body)
            />
        </Page>
    }
}

#[component]
fn Removed() -> impl IntoView {
    view! {
        <Page title=tr!(join.removed)>
            <EmptyState icon=icons::LuShieldOff title=tr!(join.removed) body=tr!(join.removed_body)>
                <LinkButton label=tr!(join.sign_in) href="/sign-in" kind=ButtonKind::Plain />
            </EmptyState>
        </Page>
    }
}
