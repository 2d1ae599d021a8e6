use std::collections::BTreeMap;

use caravan_domain::{handovers::view::HandoverView, id::PersonId};
use leptos::prelude::*;

use super::{
    typed::Typed,
    words::{Words, name_of},
};
use crate::ui::{Avatar, List, ListRow, SectionTitle, Show};

/// Who is going to have what, before it is sent.
#[component]
pub(super) fn Preview(view: Memo<Option<HandoverView>>, typed: RwSignal<Typed>) -> impl IntoView {
    let words = Words::new();
    let lines = Memo::new(move |_| {
        view.with(|view| {
            let lines = view
                .as_ref()
                .map(|view| typed.with(|typed| portions(typed, view)));
            lines.unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <div class="-mx-4">
                <SectionTitle label=tr!(handovers.preview) />
                <List label=tr!(handovers.preview)>
                    {move || {
                        lines
                            .get()
                            .into_iter()
                            .map(|(name, clients, tasks)| {
                                let detail = Signal::derive(move || words.portion(clients, tasks));
                                view! {
                                    <ListRow
                                        title=Signal::stored(name.clone())
                                        detail
                                        lead=ViewFnOnce::from(move || {
                                            view! { <Avatar name=Signal::stored(name) /> }
                                        })
                                    />
                                }
                            })
                            .collect_view()
                    }}
                </List>
            </div>
        </Show>
    }
}

/// Clients and tasks by successor's name.
fn portions(typed: &Typed, view: &HandoverView) -> Vec<(String, usize, usize)> {
    let draft = typed.draft(view);
    let mut portions = BTreeMap::<PersonId, (usize, usize)>::new();
    for to in draft.clients.values() {
        portions.entry(*to).or_default().0 += 1;
    }
    for to in draft.tasks.values() {
        portions.entry(*to).or_default().1 += 1;
    }
    let named = portions.into_iter();
    named
        .map(|(person, (clients, tasks))| (name_of(person, view), clients, tasks))
        .collect()
}
