use caravan_domain::phone;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::ui::Icon;

/// One tap from the call; nothing where there is no number.
#[component]
pub(super) fn Call(name: String, phone: String) -> impl IntoView {
    let uri = match phone::normalize(&phone) {
        Ok(phone) => phone.uri(),
        Err(_) => format!("tel:{phone}"),
    };
    let label = tr!(today.call_named, name = name.clone());
    (!phone.is_empty()).then(|| {
        view! {
            <a class="btn btn-ghost w-11 shrink-0 self-center p-0 text-primary" href=uri aria-label=label title=label>
                <Icon icon=icons::LuPhone />
            </a>
        }
    })
}
