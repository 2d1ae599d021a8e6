//! What is there only while something holds.

use leptos::prelude::*;

/// Asked again whenever a signal in it changes.
pub(crate) struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Box::new(holds))
    }
}

/// Use it instead of Leptos's `Show`, which does the same but is compiled anew wherever it stands: some kilobytes each.
#[component]
pub(crate) fn Show(
    #[prop(into)] when: Condition,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| (when.0)());
    move || {
        if holds.get() {
            children()
        } else {
            fallback.run()
        }
    }
}
