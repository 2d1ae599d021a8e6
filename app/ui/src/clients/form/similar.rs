use caravan_domain::{
    clients::list::{SimilarClient, SimilarReason, SimilarTo},
    id::ClientId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::typed::Typed;
use crate::{
    engine::use_engine,
    ui::{Icon, Show},
};

/// 撞单: what is being typed may be here already. Says so and leads there; never stands in the way.
#[component]
pub(super) fn SimilarWarning(typed: RwSignal<Typed>, except: Option<ClientId>) -> impl IntoView {
    let found = use_engine().similar(move || {
        typed.with(|Typed { after, .. }| SimilarTo {
            name: after.name.clone(),
            code: after.code.clone(),
            phones: after
                .contacts
                .iter()
                .flat_map(|contact| contact.phones.iter().cloned())
                .collect(),
            except,
        })
    });
    let shown = Memo::new(move |_| found.with(|found| found.clone().unwrap_or_default()));
    view! {
        <div aria-live="polite">
            <Show when=move || !shown.with(Vec::is_empty)>
                <div class="flex flex-col gap-1 border-s-3 border-warning ps-3">
                    <p class="flex items-center gap-2 text-sm font-medium text-warning">
                        <Icon icon=icons::LuCopyCheck class="size-4 shrink-0" />
                        {tr!(clients.similar)}
                    </p>
                    {move || shown.get().into_iter().map(|client| view! { <SimilarRow client /> }).collect_view()}
                </div>
            </Show>
        </div>
    }
}

#[component]
fn SimilarRow(client: SimilarClient) -> impl IntoView {
    let reason = match client.reason {
        SimilarReason::SamePhone => tr!(clients.same_phone),
        SimilarReason::SameCode => tr!(clients.same_code),
        SimilarReason::SimilarName => tr!(clients.similar_name),
    };
    view! {
        <a class="flex min-h-11 flex-col justify-center" href=format!("/clients/{}", client.id)>
            <bdi class="truncate underline underline-offset-4">{client.name}</bdi>
            <span class="text-sm text-muted">
                {reason} " · " <bdi>{client.owner_name}</bdi>
            </span>
        </a>
    }
}
