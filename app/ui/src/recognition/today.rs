use caravan_domain::recognition::list::{PostLine, RecognitionToday};
use leptos::prelude::*;

use super::{
    address,
    words::{kind_icon, what_for},
};
use crate::{
    format::use_format,
    ui::{List, ListRow, SectionTitle, Show},
};

/// A post about the reader until they have read it, else the latest about somebody else.
#[component]
pub(crate) fn TodayPosts(posts: Signal<RecognitionToday>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        posts.with(|posts| match posts.about_me.is_empty() {
            true => posts.latest.iter().cloned().collect::<Vec<_>>(),
            false => posts.about_me.clone(),
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(recognition.title) />
            <List label=tr!(recognition.title)>
                {move || lines.get().into_iter().map(|line| view! { <TodayPost line /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn TodayPost(line: PostLine) -> impl IntoView {
    let format = use_format();
    let (kind, month) = (line.post.kind, line.post.month);
    let what = what_for(format, kind, month);
    let (name, by) = (line.name, line.by_name);
    let title = match line.is_me {
        true => tr!(recognition.about_me, name = by.clone(), what = what.get()),
        false => tr!(recognition.about, name = name.clone(), what = what.get()),
    };
    view! {
        <ListRow
            title
            detail=Signal::stored(line.post.words)
            href=address::WALL
            icon=kind_icon(kind)
        />
    }
}
