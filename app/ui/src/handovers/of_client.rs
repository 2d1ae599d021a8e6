use caravan_domain::{clients::file::ClientFile, handovers::view::CapsuleFile};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, Each, List, ListRow, SectionTitle, Show, Tone},
};

/// What came with a client each time it changed hands, the latest first.
#[component]
pub(crate) fn ClientCapsules(file: Memo<Option<ClientFile>>) -> impl IntoView {
    let capsules = Memo::new(move |_| {
        let capsules = file.with(|file| file.as_ref().map(|file| file.capsules.clone()));
        capsules.unwrap_or_default()
    });
    view! {
        <Show when=move || !capsules.with(Vec::is_empty)>
            <SectionTitle label=tr!(handovers.capsules) />
            <List label=tr!(handovers.capsules)>
                <Each
                    each=move || capsules.get()
                    key=|file| (file.capsule.handover, file.awaits_me, file.capsule.read.len())
                    let:file
                >
                    <Line file />
                </Each>
            </List>
        </Show>
    }
}

#[component]
fn Line(file: CapsuleFile) -> impl IntoView {
    let format = use_format();
    let capsule = file.capsule;
    let (from, to, at) = (file.from_name, file.to_name, capsule.at);
    let read = capsule.read_at().is_some();
    view! {
        <ListRow
            title=tr!(handovers.from_to, from = from.clone(), to = to.clone())
            detail=Signal::derive(move || format.moment(at))
            href=format!("/handovers/{}/{}", capsule.client, capsule.handover)
            icon=icons::LuScrollText
        >
            {match (file.awaits_me, read) {
                (true, _) => view! { <Badge label=tr!(handovers.to_read) tone=Tone::Warning /> }.into_any(),
                (false, true) => view! { <Badge label=tr!(handovers.was_read) tone=Tone::Good /> }.into_any(),
                (false, false) => view! { <Badge label=tr!(handovers.not_read) /> }.into_any(),
            }}
        </ListRow>
    }
}
