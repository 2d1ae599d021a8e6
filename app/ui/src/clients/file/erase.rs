use caravan_domain::{
    clients::{
        command::ClientCommand,
        erasure::{EraseClient, ErasureReason},
    },
    command::Command,
    id::ClientId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    ui::{Button, ButtonKind, Icon, List, ListRow, SectionTitle, Sheet, Show},
};

/// Asks before a client is erased for good: what goes, that nothing brings it back, and why.
#[component]
pub(super) fn EraseSheet(open: RwSignal<bool>, id: ClientId) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(clients.erased_said);
    let reason = RwSignal::new(None::<ErasureReason>);
    let erase = move || {
        if let Some(reason) = reason.get_untracked() {
            open.set(false);
            let erase = EraseClient { client: id, reason };
            let command = ClientCommand::Erase(erase);
            perform.run(Command::Client(command), said.get_untracked());
        }
    };
    let row = move |offered: ErasureReason, title: Signal<String>| {
        view! {
            <ListRow title on_press=Callback::new(move |()| reason.set(Some(offered)))>
                <Show when=move || reason.get() == Some(offered)>
                    <Icon icon=icons::LuCheck />
                    <span class="sr-only">{tr!(clients.chosen)}</span>
                </Show>
            </ListRow>
        }
    };
    view! {
        <Sheet open title=tr!(clients.erase_verb)>
            <p class="px-4 pb-2 text-muted">{tr!(clients.erase_body)}</p>
            <p class="px-4 pb-2 text-sm text-warning">{tr!(clients.erase_stays)}</p>
            <SectionTitle label=tr!(clients.erase_why) />
            <List>
                {row(ErasureReason::Asked, tr!(clients.erase_asked))}
                {row(ErasureReason::RetentionOver, tr!(clients.erase_retention))}
                {row(ErasureReason::Mistake, tr!(clients.erase_mistake))}
            </List>
            <div class="grid gap-2 p-4 sm:grid-cols-2">
                <Button
                    label=tr!(clients.erase_verb)
                    kind=ButtonKind::Danger
                    disabled=Signal::derive(move || reason.get().is_none())
                    on_press=erase
                />
                <Button label=tr!(ui.cancel) on_press=move || open.set(false) />
            </div>
        </Sheet>
    }
}
