use caravan_port::view::{Connection, SyncLine};
use caravan_sync::frame::Trouble;
use leptos::prelude::*;

use super::notice::Notice;
use crate::{
    engine::use_engine,
    ui::{ButtonKind, LinkButton, live},
};

/// Why only its person can help a device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Its profile was copied or restored: two devices cannot write in one device's name.
    Copied,
    /// The relay does not know its key.
    Unknown,
}

#[component]
pub(super) fn SignInAgain() -> impl IntoView {
    let engine = use_engine();
    let line = engine.sync_line();
    let me = engine.me();
    let reason = Memo::new(move |_| line.with(|line| line.as_ref().and_then(reason_of)));
    let (copied, unknown) = (tr!(shell.copied), tr!(shell.unknown_device));
    let verb = tr!(shell.sign_in_again);
    live(move || {
        let workspace = me.with(|me| me.as_ref().map(|me| me.workspace))?;
        let text = match reason.get()? {
            Reason::Copied => copied,
            Reason::Unknown => unknown,
        };
        Some(view! {
            <Notice icon=icondata_lu::LuLogIn text>
                <LinkButton label=verb href=format!("/sign-in#{workspace}") kind=ButtonKind::Quiet />
            </Notice>
        })
    })
}

fn reason_of(line: &SyncLine) -> Option<Reason> {
    match line.connection {
        _ if line.copied => Some(Reason::Copied),
        Connection::Trouble(Trouble::Unknown) => Some(Reason::Unknown),
        _ => None,
    }
}
