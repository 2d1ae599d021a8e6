//! “+”: the things one can begin, as the modules name them.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::launch::use_launch;
use crate::{
    module::Link,
    modules::MODULES,
    ui::{List, ListRow, Sheet},
};

#[component]
pub(super) fn PlusSheet() -> impl IntoView {
    let open = use_launch().plus;
    let actions: Vec<Link> = MODULES
        .iter()
        .flat_map(|module| (module.actions)())
        .collect();
    let actions = StoredValue::new(actions);
    let navigate = StoredValue::new_local(use_navigate());
    let begin = move |href: &'static str| {
        open.set(false);
        navigate.with_value(|navigate| navigate(href, NavigateOptions::default()));
    };
    view! {
        <Sheet open title=tr!(shell.plus)>
            <List>
                {actions
                    .get_value()
                    .into_iter()
                    .map(|action| {
                        view! { <ListRow title=action.label icon=action.icon on_press=Callback::new(move |()| begin(action.href)) /> }
                    })
                    .collect_view()}
            </List>
        </Sheet>
    }
}
