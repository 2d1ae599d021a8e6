use caravan_domain::{command::Command, handovers::command::HandoverCommand};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{Button, Each, EmptyState, List, ListRow, Page, Show},
};

/// Clients that came to the reader and whose capsule they have not read.
#[component]
pub(super) fn CapsulesPage() -> impl IntoView {
    let format = use_format();
    let today = use_engine().today();
    let perform = use_perform();
    let said = tr!(handovers.read_said);
    let lines =
        Memo::new(move |_| today.with(|today| today.as_ref().map(|today| today.capsules.clone())));
    let each = move || lines.get().unwrap_or_default();
    let read_all = move || {
        let capsules = untrack(each).into_iter();
        let capsules = capsules.map(|line| (line.client, line.handover)).collect();
        let command = Command::Handover(HandoverCommand::Read(capsules));
        perform.run(command, said.get_untracked());
    };
    view! {
        <Page title=tr!(handovers.came) back="/">
            <Show when=move || lines.with(|lines| lines.as_ref().is_some_and(Vec::is_empty))>
                <EmptyState
                    icon=icons::LuCheckCheck
                    title=tr!(handovers.all_read)
                    body=tr!(handovers.all_read_body)
                />
            </Show>
            <List label=tr!(handovers.came)>
                <Each each key=|line| (line.client, line.handover) let:line>
                    {
                        let (from, at) = (line.from_name.clone(), line.at);
                        view! {
                            <ListRow
                                title=Signal::stored(line.client_name.clone())
                                detail=tr!(handovers.came_from, name = from.clone(), when = format.moment(at))
                                href=format!("/handovers/{}/{}", line.client, line.handover)
                                icon=icons::LuScrollText
                            />
                        }
                    }
                </Each>
            </List>
            <Show when=move || lines.with(|lines| lines.as_ref().is_some_and(|lines| lines.len() > 1))>
                <div class="px-4 py-4">
                    <Button label=tr!(handovers.read_all) icon=icons::LuCheckCheck wide=true on_press=read_all />
                </div>
            </Show>
        </Page>
    }
}
