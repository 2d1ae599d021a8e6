use leptos::prelude::*;

use super::notice::Notice;
use crate::{
    engine::use_engine,
    ui::{ButtonKind, LinkButton, live},
};

/// Stands until something could be stored again: whoever goes on typing must know.
#[component]
pub(super) fn StorageFull() -> impl IntoView {
    let full = use_engine().storage_is_full();
    let (text, verb) = (tr!(shell.storage_full), tr!(shell.storage_full_verb));
    live(move || {
        full.get().then(|| {
            view! {
                <Notice icon=icondata_lu::LuHardDrive text>
                    <LinkButton label=verb href="/storage" kind=ButtonKind::Quiet />
                </Notice>
            }
        })
    })
}
