use caravan_domain::{tasks::kind::TaskKind, work::query::WorkRules};
use leptos::prelude::*;

use super::words::TaskKindNames;
use crate::{
    engine::use_engine,
    ui::{Bound, SelectField},
};

/// The kinds that are offered, and the one it is already.
#[component]
pub(crate) fn KindField(bind: Bound<TaskKind>) -> impl IntoView {
    let names = TaskKindNames::new();
    let rules = use_engine().work_rules();
    let options = Signal::derive(move || {
        let now = bind.value.get();
        rules.with(|rules| match rules {
            Some(rules) => offered(rules, now, names),
            None => vec![(now.to_string(), names.name(now, ""))],
        })
    });
    let bind = Bound {
        value: Signal::derive(move || bind.value.get().to_string()),
        set: Callback::new(move |word: String| {
            if let Ok(kind) = word.parse() {
                bind.set(kind);
            }
        }),
    };
    view! { <SelectField label=tr!(tasks.kind) bind options /> }
}

fn offered(rules: &WorkRules, now: TaskKind, names: TaskKindNames) -> Vec<(String, String)> {
    let kinds = rules.kinds.iter();
    kinds
        .filter(|line| !line.rule.closed || line.kind == now)
        .map(|line| {
            (
                line.kind.to_string(),
                names.name(line.kind, &line.rule.name),
            )
        })
        .collect()
}
