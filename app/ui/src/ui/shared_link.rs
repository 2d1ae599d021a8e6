use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    button::{Button, ButtonKind},
    copy::use_copy_out,
    qr::QrCode,
};

/// A link as a QR code for whoever stands here and as text for whoever does not.
#[component]
pub(crate) fn SharedLink(
    #[prop(into)] link: String,
    #[prop(into)] qr_label: Signal<String>,
    #[prop(into)] intro: Signal<String>,
) -> impl IntoView {
    let copy_out = use_copy_out();
    let text = StoredValue::new(link.clone());
    view! {
        <p class="text-center">{intro}</p>
        <QrCode text=link.clone() label=qr_label />
        <code class="max-w-full rounded-field bg-base-200 px-3 py-2 text-sm break-all select-all">{link}</code>
        <Button
            label=tr!(ui.copy_link)
            kind=ButtonKind::Main
            icon=icons::LuCopy
            wide=true
            on_press=move || text.with_value(|text| copy_out.copy(text))
        />
    }
}
