use caravan_domain::surveys::list::FeedbackLine;
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, words::satisfaction_name};
use crate::ui::{Icon, List, ListRow, SectionTitle, Show};

/// Dissatisfied clients of those for whom the reader answers. Nothing while there is none.
#[component]
pub(crate) fn LowReplies(lines: Memo<Vec<FeedbackLine>>) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(surveys.low_replies) />
            <List label=tr!(surveys.low_replies)>
                {move || lines.get().into_iter().map(|line| view! { <LowReply line /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn LowReply(line: FeedbackLine) -> impl IntoView {
    let (client, person, words) = (line.client_name, line.about_name, line.words);
    let said = satisfaction_name(line.satisfaction);
    let title = Signal::derive(move || match client.is_empty() {
        true => said.get(),
        false => format!("{client} · {}", said.get()),
    });
    let about = tr!(surveys.about, name = person.clone());
    let detail = Signal::derive(move || match words.is_empty() {
        true => about.get(),
        false => format!("{} · {words}", about.get()),
    });
    view! {
        <ListRow
            title
            detail
            href=address::about(line.about)
            lead=ViewFnOnce::from(|| {
                view! { <Icon icon=icons::LuFrown class="size-5 shrink-0 text-error" /> }
            })
        />
    }
}
