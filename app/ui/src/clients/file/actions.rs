use caravan_domain::{
    clients::{command::ClientCommand, file::ClientFile},
    command::Command,
    id::ClientId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    assign::{AssignSheet, ShareSheet},
    erase::EraseSheet,
};
use crate::{
    engine::use_perform,
    ui::{IconButton, List, ListRow, Sheet, Show},
};

/// What can be done with the file, behind one button.
#[component]
pub(super) fn ClientActions(id: ClientId, file: Memo<Option<ClientFile>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let (assigning, sharing) = (RwSignal::new(false), RwSignal::new(false));
    let erasing = RwSignal::new(false);
    let perform = use_perform();
    let may = move |read: fn(&ClientFile) -> bool| {
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(read)))
    };
    let (may_edit, may_assign, may_share) = (
        may(|file| file.may_edit),
        may(|file| file.may_assign),
        may(|file| file.may_share),
    );
    let may_erase = may(|file| file.may_erase);
    let archived = may(|file| file.client.archived_at.is_some());
    let (said_archived, said_restored) = (tr!(clients.archived), tr!(clients.restored));
    // One sheet closes before the next opens: never a sheet over a sheet.
    let then = move |next: RwSignal<bool>| {
        Callback::new(move |()| {
            open.set(false);
            next.set(true);
        })
    };
    let archive = move || {
        open.set(false);
        match archived.get_untracked() {
            true => perform.run(
                Command::Client(ClientCommand::Restore(id)),
                said_restored.get_untracked(),
            ),
            false => perform.run(
                Command::Client(ClientCommand::Archive(id)),
                said_archived.get_untracked(),
            ),
        }
    };
    let (restore, put_away) = (tr!(clients.restore), tr!(clients.archive));
    view! {
        <IconButton label=tr!(clients.more) icon=icons::LuEllipsisVertical on_press=move || open.set(true) />
        <Sheet open title=tr!(clients.more)>
            <List>
                <Show when=move || may_edit.get()>
                    <ListRow title=tr!(clients.edit) icon=icons::LuPencil href=format!("/clients/{id}/edit") />
                    <ListRow
                        title=tr!(clients.new_task)
                        icon=icons::LuListPlus
                        href=format!("/tasks/new?client={id}")
                    />
                </Show>
                <Show when=move || may_assign.get()>
                    <ListRow title=tr!(clients.assign) icon=icons::LuUserRoundCog on_press=then(assigning) />
                </Show>
                <Show when=move || may_share.get()>
                    <ListRow title=tr!(clients.share) icon=icons::LuShare2 on_press=then(sharing) />
                </Show>
                <Show when=move || may_edit.get()>
                    <ListRow
                        title=Signal::derive(move || if archived.get() { restore.get() } else { put_away.get() })
                        icon=icons::LuArchive
                        on_press=Callback::new(move |()| archive())
                    />
                </Show>
                <Show when=move || may_erase.get()>
                    <ListRow title=tr!(clients.erase) icon=icons::LuEraser on_press=then(erasing) />
                </Show>
            </List>
        </Sheet>
        <AssignSheet open=assigning id file />
        <ShareSheet open=sharing id file />
        <EraseSheet open=erasing id />
    }
}
