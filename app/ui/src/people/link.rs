use caravan_domain::id::Id;
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::ui::{Button, ButtonKind, QrCode, use_toasts};

/// A link that works once, as a QR code for whoever stands here and as text for whoever does not.
#[component]
pub(crate) fn InvitationLink(
    token: [u8; 16],
    #[prop(into)] intro: Signal<String>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (copied, not_copied) = (tr!(people.copied), tr!(people.not_copied));
    let link = link_of(token);
    let text = StoredValue::new(link.clone());
    let copy = move || {
        let promise = window()
            .navigator()
            .clipboard()
            .write_text(&text.get_value());
        let (copied, not_copied) = (copied.get_untracked(), not_copied.get_untracked());
        spawn_local(async move {
            toasts.say(match JsFuture::from(promise).await {
                Ok(_) => copied,
                Err(_) => not_copied,
            });
        });
    };
    view! {
        <div class="flex flex-col items-center gap-4 px-4">
            <p class="text-center">{intro}</p>
            <QrCode text=link.clone() label=tr!(people.qr) />
            <code class="max-w-full rounded-field bg-base-200 px-3 py-2 text-sm break-all select-all">{link}</code>
            <Button
                label=tr!(people.copy)
                kind=ButtonKind::Main
                icon=icons::LuCopy
                wide=true
                on_press=copy
            />
            <p class="text-sm text-muted">{tr!(people.link_hint)}</p>
        </div>
    }
}

/// The token stands behind the `#`, so that no server ever logs it.
fn link_of(token: [u8; 16]) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/join#{}", Id::from_bytes(token))
}
