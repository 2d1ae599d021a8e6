use caravan_domain::training::paths::view::{PathFile, PathsView};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::KindNames;
use crate::{
    engine::use_engine,
    people::RoleNames,
    ui::{Badge, EmptyState, List, ListRow, MainLink, Page, Show, Tone},
};

/// Every path, with how far the reader is.
#[component]
pub(in super::super) fn PathsPage() -> impl IntoView {
    let view = use_engine().paths();
    let may_run = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| it.may_run)));
    let none = Memo::new(move |_| {
        let empty = |view: &PathsView| view.paths.is_empty();
        view.with(|view| view.as_ref().is_some_and(empty))
    });
    view! {
        <Page
            title=tr!(classes.paths)
            back="/training"
            main_action=move || {
                view! { <MainLink label=tr!(classes.new_path) href="/training/paths/new" may=may_run /> }
            }
        >
            <Show when=move || none.get()>
                <EmptyState icon=icons::LuRoute title=tr!(classes.no_paths) body=tr!(classes.no_paths_body) />
            </Show>
            <List label=tr!(classes.paths)>
                {move || {
                    let paths = view.get().map(|view| view.paths).unwrap_or_default();
                    paths.into_iter().map(|file| view! { <Row file /> }).collect_view()
                }}
            </List>
        </Page>
    }
}

#[component]
fn Row(file: PathFile) -> impl IntoView {
    let (kinds, roles) = (KindNames::new(), RoleNames::new());
    let (kind, meant) = (file.path.kind, file.path.roles);
    let detail = Signal::derive(move || format!("{} · {}", kinds.name(kind), roles.list(&meant)));
    let badge = file.mine.map(|mine| {
        let (passed, of) = (mine.passed, mine.of);
        let tone = if mine.next.is_none() {
            Tone::Good
        } else {
            Tone::Neutral
        };
        (tr!(training.passed_of, passed = passed, of = of), tone)
    });
    view! {
        <ListRow
            title=Signal::stored(file.path.title)
            detail
            href=format!("/training/paths/{}", file.id)
            icon=icons::LuRoute
        >
            {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}
