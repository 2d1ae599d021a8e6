use caravan_domain::handovers::view::{HandoverView, PastHandover};
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, Each, List, ListRow, SectionTitle, Show, Tone},
};

/// Handovers of the same person before, the latest first.
#[component]
pub(super) fn Past(view: Memo<Option<HandoverView>>) -> impl IntoView {
    let past = Memo::new(move |_| {
        let past = view.with(|view| view.as_ref().map(|view| view.past.clone()));
        past.unwrap_or_default()
    });
    view! {
        <Show when=move || !past.with(Vec::is_empty)>
            <SectionTitle label=tr!(handovers.past) />
            <List label=tr!(handovers.past)>
                <Each each=move || past.get() key=|line| (line.handover, line.provisional) let:line>
                    <Line line />
                </Each>
            </List>
        </Show>
    }
}

#[component]
fn Line(line: PastHandover) -> impl IntoView {
    let format = use_format();
    let (count, to, by, at) = (
        line.clients,
        line.to_names.join("、"),
        line.by_name,
        line.at,
    );
    let title = tr!(handovers.past_line, count = count, to = to.clone());
    let detail = tr!(
        handovers.past_by,
        name = by.clone(),
        when = format.moment(at)
    );
    view! {
        <ListRow title detail>
            {line.left.then(|| view! { <Badge label=tr!(handovers.left) /> })}
            {line.provisional.then(|| view! { <Badge label=tr!(people.provisional) tone=Tone::Info /> })}
        </ListRow>
    }
}
