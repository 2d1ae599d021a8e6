use caravan_domain::recognition::list::Idea;
use leptos::prelude::*;

use super::{
    address,
    words::{kind_icon, why},
};
use crate::{
    format::use_format,
    ui::{List, ListRow, SectionTitle, Show},
};

/// What is worth a post right now. A tap opens the form with words to begin with.
#[component]
pub(super) fn Ideas(ideas: Memo<Vec<Idea>>) -> impl IntoView {
    view! {
        <Show when=move || !ideas.with(Vec::is_empty)>
            <SectionTitle label=tr!(recognition.ideas) />
            <List label=tr!(recognition.ideas)>
                {move || ideas.get().into_iter().map(|idea| view! { <IdeaRow idea /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn IdeaRow(idea: Idea) -> impl IntoView {
    let format = use_format();
    let (detail, on) = (why(format, &idea), idea.on);
    let detail = Signal::derive(move || format!("{} · {}", detail.get(), format.near_day(on)));
    let (icon, href) = (kind_icon(idea.kind), address::of_idea(&idea));
    view! { <ListRow title=Signal::stored(idea.name) detail href icon /> }
}
