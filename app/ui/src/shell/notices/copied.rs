use leptos::prelude::*;

use super::notice::Notice;
use crate::{
    engine::use_engine,
    ui::{ButtonKind, LinkButton, live},
};

/// For a profile that was copied or restored: two devices cannot write in one device's name.
#[component]
pub(super) fn CopiedNotice() -> impl IntoView {
    let engine = use_engine();
    let line = engine.sync_line();
    let me = engine.me();
    let copied = Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|it| it.copied)));
    let (text, verb) = (tr!(shell.copied), tr!(shell.copied_verb));
    live(move || {
        let workspace = me.with(|me| me.as_ref().map(|me| me.workspace));
        let workspace = workspace.filter(|_| copied.get())?;
        Some(view! {
            <Notice icon=icondata_lu::LuCopy text>
                <LinkButton label=verb href=format!("/sign-in#{workspace}") kind=ButtonKind::Quiet />
            </Notice>
        })
    })
}
