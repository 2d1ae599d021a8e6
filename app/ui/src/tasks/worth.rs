//! How hard and how long a task is, and who had best do it.

use caravan_domain::{
    id::PersonId,
    tasks::kind::TaskKind,
    work::{
        kind::{Difficulty, KindRule},
        query::Wanted,
    },
};
use leptos::prelude::*;

use super::words::times;
use crate::{
    engine::use_engine,
    format::use_format,
    people::answerable,
    ui::{Bound, Button, NumberField, SelectField, Show},
    work::{LimitNote, SuggestSheet, difficulty_options},
};

/// What was typed; `None` for as hard as its kind.
pub(super) fn difficulty(tenths: &str) -> Option<Difficulty> {
    Difficulty::of_tenths(tenths.parse().ok()?)
}

/// What was typed; `None` for as long as its kind. What is no number is 0, which no task may take.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.parse().unwrap_or_default())
}

/// Empty for the kind's own.
#[component]
pub(super) fn WorthFields(
    kind: Signal<TaskKind>,
    difficulty: Bound<String>,
    estimate: Bound<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let format = use_format();
    let rules = use_engine().work_rules();
    let rule = Memo::new(move |_| {
        rules.with(|rules| -> Option<KindRule> {
            let mut kinds = rules.as_ref()?.kinds.iter();
            let known = kinds.find(|line| line.kind == kind.get())?;
            Some(known.rule.clone())
        })
    });
    let of_kind = tr!(
        tasks.difficulty_of_kind,
        times = rule
            .get()
            .map(|rule| times(rule.difficulty))
            .unwrap_or_default()
    );
    let now = self::difficulty(&difficulty.value.get_untracked());
    let options = Signal::derive(move || {
        let kinds = core::iter::once((String::new(), of_kind.get()));
        kinds.chain(difficulty_options(now)).collect::<Vec<_>>()
    });
    let hint = tr!(
        tasks.estimate_hint,
        minutes = rule
            .get()
            .map(|rule| format.duration(rule.estimate))
            .unwrap_or_default()
    );
    view! {
        <div class="grid gap-4 sm:grid-cols-2">
            <SelectField label=tr!(tasks.difficulty) bind=difficulty options />
            <NumberField label=tr!(tasks.estimate) hint error=error bind=estimate max=5 />
        </div>
    }
}

/// Under the assignee: a suggestion for whoever leads others, and a warning before a limit is passed.
#[component]
pub(super) fn Advice(wanted: Signal<Wanted>, assignee: Bound<Option<PersonId>>) -> impl IntoView {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let open = RwSignal::new(false);
    let leads = Memo::new(move |_| {
        me.with(|me| {
            let me = me.as_deref()?;
            people.with(|view| Some(answerable(me, view.as_ref()?).len() > 1))
        })
        .unwrap_or_default()
    });
    let chosen = Signal::derive(move || {
        let me = me.with(|me| me.as_ref().map(|me| me.person));
        assignee.value.get().or(me)
    });
    view! {
        <Show when=move || leads.get()>
            <Button label=tr!(tasks.suggest) icon=icondata_lu::LuUserCheck on_press=move || open.set(true) />
        </Show>
        <LimitNote wanted person=chosen />
        <SuggestSheet
            open
            title=tr!(tasks.suggest)
            wanted
            on_pick=Callback::new(move |(person, _)| assignee.set(Some(person)))
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_the_kinds_and_nonsense_is_refused() {
        assert_eq!(difficulty(""), None);
        assert_eq!(difficulty("20"), Some(Difficulty::HARD));
        assert_eq!(minutes(" "), None);
        assert_eq!(minutes(" 90 "), Some(90));
        assert_eq!(minutes("an hour"), Some(0));
    }
}
