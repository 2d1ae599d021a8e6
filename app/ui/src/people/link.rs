use caravan_domain::id::Id;
use leptos::prelude::*;

use crate::ui::SharedLink;

/// A link that works once.
#[component]
pub(crate) fn InvitationLink(
    token: [u8; 16],
    #[prop(into)] intro: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-4 px-4">
            <SharedLink link=link_of(token) qr_label=tr!(people.qr) intro />
            <p class="text-sm text-muted">{tr!(people.link_hint)}</p>
        </div>
    }
}

/// The token stands behind the `#`, so that no server ever logs it.
fn link_of(token: [u8; 16]) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/join#{}", Id::from_bytes(token))
}
