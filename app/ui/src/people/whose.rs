use leptos::prelude::*;

use super::answerable;
use crate::{
    engine::use_engine,
    ui::{Bound, SegmentedControl, Show},
};

const MINE: &str = "mine";
const ALL: &str = "all";

/// Only one's own, or everybody's whom one answers for; nothing to choose for somebody who answers only for themselves.
#[component]
pub(crate) fn WhoseSwitch(
    #[prop(into)] label: Signal<String>,
    everybody: RwSignal<bool>,
) -> impl IntoView {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let leads = Memo::new(move |_| {
        me.with(|me| {
            let me = me.as_deref()?;
            people.with(|view| Some(answerable(me, view.as_ref()?).len() > 1))
        })
        .unwrap_or_default()
    });
    let (mine, all) = (tr!(people.only_mine), tr!(people.everybodys));
    let bind = Bound {
        value: Signal::derive(move || if everybody.get() { ALL } else { MINE }.to_owned()),
        set: Callback::new(move |word: String| everybody.set(word == ALL)),
    };
    let options =
        Signal::derive(move || vec![(MINE.to_owned(), mine.get()), (ALL.to_owned(), all.get())]);
    view! {
        <Show when=move || leads.get()>
            <SegmentedControl label bind options />
        </Show>
    }
}
