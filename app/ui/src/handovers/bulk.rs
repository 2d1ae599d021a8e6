use caravan_domain::{handovers::view::HandoverView, id::PersonId};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{clients::use_options, typed::Typed};
use crate::ui::{Bound, Button, SelectField, Show};

/// All at once: as suggested, or all to one.
#[component]
pub(super) fn Bulk(view: Memo<Option<HandoverView>>, typed: RwSignal<Typed>) -> impl IntoView {
    let several = Memo::new(move |_| {
        view.with(|view| view.as_ref().is_some_and(|view| view.clients.len() > 1))
    });
    let none = Memo::new(move |_| {
        view.with(|view| view.as_ref().is_some_and(|view| view.clients.is_empty()))
    });
    let options = use_options(view);
    let one = RwSignal::new(String::new());
    let all_to = Bound {
        value: one.into(),
        set: Callback::new(move |to: String| {
            one.set(to.clone());
            place(view, typed, move |_| {
                Some(to.clone()).filter(|to| !to.is_empty())
            });
        }),
    };
    let as_suggested = move || {
        one.set(String::new());
        place(view, typed, |suggested| suggested.map(|to| to.to_string()));
    };
    view! {
        <Show when=move || none.get()>
            <p class="text-muted">{tr!(handovers.no_clients)}</p>
        </Show>
        <Show when=move || several.get()>
            <div class="flex flex-col gap-3">
                <div>
                    <Button label=tr!(handovers.as_suggested) icon=icons::LuWandSparkles on_press=as_suggested />
                </div>
                <SelectField label=tr!(handovers.all_to) bind=all_to options />
            </div>
        </Show>
    }
}

/// A successor for every client, or none.
fn place(
    view: Memo<Option<HandoverView>>,
    typed: RwSignal<Typed>,
    to: impl Fn(Option<PersonId>) -> Option<String>,
) {
    let Some(view) = view.get_untracked() else {
        return;
    };
    let placed = view.clients.iter().filter_map(|line| {
        let to = to(line.suggested.map(|suggested| suggested.to))?;
        Some((line.client.to_string(), to))
    });
    let placed = placed.collect();
    typed.update(|typed| typed.clients = placed);
}
