use caravan_domain::training::paths::view::PathProgress;
use leptos::prelude::*;

use crate::ui::{List, ListRow, SectionTitle};

/// Where somebody is on each of their paths; a tap leads to what is next.
#[component]
pub(in super::super) fn PathRows(paths: Vec<(String, PathProgress)>) -> impl IntoView {
    (!paths.is_empty()).then(|| {
        let rows = paths
            .into_iter()
            .map(|(title, progress)| view! { <PathRow title progress /> });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(classes.paths) />
            <List label=tr!(classes.paths)>{rows}</List>
        }
    })
}

#[component]
fn PathRow(title: String, progress: PathProgress) -> impl IntoView {
    let href = match &progress.next {
        Some(step) => format!("/training/{}", step.course),
        None => "/training/paths".to_owned(),
    };
    let (passed, of) = (progress.passed, progress.of);
    let done = tr!(training.passed_of, passed = passed, of = of);
    let next = progress.next.map(|step| {
        let title = step.title;
        tr!(classes.next_is, title = title.clone())
    });
    let detail = Signal::derive(move || match next {
        Some(next) => format!("{} · {}", done.get(), next.get()),
        None => done.get(),
    });
    view! { <ListRow title=Signal::stored(title) detail href icon=icondata_lu::LuRoute /> }
}
